import type { ReactNode } from 'react';
import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';

interface AdminSectionProps {
  readonly title: string;
  readonly lead: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** The open side sheet, if any. */
  readonly sheet?: ReactNode;
}

/** Heading, list, and the sheet beside it. */
export function AdminSection({ title, lead, actions, children, sheet }: AdminSectionProps) {
  const open = sheet !== undefined && sheet !== null && sheet !== false;
  return (
    <div className={`al-split ${open ? 'al-split--open' : ''}`}>
      <div className="al-page al-stack">
        <div className="al-row al-row--wrap al-between">
          <div className="ad-title">
            <h1>{title}</h1>
            <p className="al-muted">{lead}</p>
          </div>
          <div className="al-row al-row--wrap">{actions}</div>
        </div>
        {children}
      </div>
      {sheet}
    </div>
  );
}

interface SheetActionsProps {
  readonly changed: boolean;
  readonly busy: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly onRemove?: (() => void) | undefined;
}

/** Save, discard, delete; one primary button. */
export function SheetActions({ changed, busy, onSave, onDiscard, onRemove }: SheetActionsProps) {
  const w = useWords();
  return (
    <>
      {onRemove !== undefined && (
        <Button look="danger" icon="delete" className="ad-remove" onPress={onRemove}>
          {w('admin.remove')}
        </Button>
      )}
      <Button onPress={onDiscard}>{w(changed ? 'admin.discard' : 'action.close')}</Button>
      <Button look="primary" isPending={busy} onPress={onSave}>
        {w('admin.save')}
      </Button>
    </>
  );
}
