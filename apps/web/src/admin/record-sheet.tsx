import { useState, type ReactNode } from 'react';
import { useWords } from '../shared/language/words.ts';
import { Confirm } from '../shared/parts/dialog.tsx';
import { SideSheet } from '../shared/parts/side-sheet.tsx';
import { SheetActions } from './admin-section.tsx';
import type { RecordForm } from './use-record-form.ts';

interface RecordSheetProps<Value extends object> {
  readonly title: string;
  readonly form: RecordForm<Value>;
  readonly onClose: () => void;
  /** What removing means; needed where the form can remove. */
  readonly removal?: { readonly title: string; readonly text: string };
  readonly children: ReactNode;
}

/** The sheet of one record: its fields, save, discard and, with its consequence named, remove. */
export function RecordSheet<Value extends object>({
  title,
  form,
  onClose,
  removal,
  children,
}: RecordSheetProps<Value>) {
  const w = useWords();
  const [removing, setRemoving] = useState(false);
  const closeAfter = async (done: Promise<boolean> | undefined): Promise<void> => {
    setRemoving(false);
    if ((await done) === true) onClose();
  };
  return (
    <SideSheet
      title={title}
      onClose={onClose}
      actions={
        <SheetActions
          changed={form.draft.changed}
          busy={form.busy}
          onSave={() => void closeAfter(form.store())}
          onDiscard={onClose}
          onRemove={form.remove === undefined ? undefined : () => setRemoving(true)}
        />
      }
    >
      {children}
      {removal !== undefined && (
        <Confirm
          title={removal.title}
          isOpen={removing}
          action={w('admin.remove')}
          keep={w('admin.keep')}
          onConfirm={() => void closeAfter(form.remove?.())}
          onClose={() => setRemoving(false)}
        >
          {removal.text}
        </Confirm>
      )}
    </SideSheet>
  );
}
