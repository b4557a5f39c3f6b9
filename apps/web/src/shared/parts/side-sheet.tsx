import './side-sheet.css';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../language/words.ts';
import { useMedia } from '../look/use-media.ts';
import { IconButton } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface SideSheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Details beside the list, which stays in view; where there is no room for both, a dialog. */
export function SideSheet({ title, onClose, children, actions }: SideSheetProps) {
  const narrow = useMedia('(max-width: 1100px)');
  if (narrow)
    return (
      <Dialog title={title} isOpen onClose={onClose} actions={actions}>
        {children}
      </Dialog>
    );
  return (
    <Docked title={title} onClose={onClose} actions={actions}>
      {children}
    </Docked>
  );
}

function Docked({ title, onClose, children, actions }: SideSheetProps) {
  const w = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <section
      className="al-sheet"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className="al-sheet__head">
        <h2 ref={heading} tabIndex={-1} className="al-grow">
          {title}
        </h2>
        <IconButton icon="close" label={w('action.close')} onPress={onClose} />
      </header>
      <div className="al-sheet__body">{children}</div>
      {actions !== undefined && <footer className="al-sheet__foot">{actions}</footer>}
    </section>
  );
}
