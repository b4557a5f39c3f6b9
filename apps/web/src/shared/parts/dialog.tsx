import './dialog.css';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../language/words.ts';
import { Button, IconButton } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Only for what must interrupt. */
export function Dialog({ title, isOpen, onClose, wide = false, children, actions }: DialogProps) {
  const w = useWords();
  return (
    <ModalOverlay
      className="al-overlay"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={`al-modal ${wide ? 'al-modal--wide' : ''}`}>
        <AriaDialog className="al-dialog">
          <header className="al-dialog__head">
            <Heading slot="title" className="al-grow">
              {title}
            </Heading>
            <IconButton icon="close" label={w('action.close')} onPress={onClose} />
          </header>
          <div className="al-dialog__body">{children}</div>
          {actions !== undefined && <footer className="al-dialog__foot">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** The consequence, in a sentence. */
  readonly children: ReactNode;
  readonly action: string;
  readonly keep: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** For what cannot be undone: names the consequence; both buttons say what they do. */
export const Confirm = ({ title, isOpen, children, action, keep, onConfirm, onClose }: ConfirmProps) => (
  <Dialog
    title={title}
    isOpen={isOpen}
    onClose={onClose}
    actions={
      <>
        <Button look="danger" onPress={onConfirm}>
          {action}
        </Button>
        <Button look="primary" onPress={onClose} autoFocus>
          {keep}
        </Button>
      </>
    }
  >
    <p>{children}</p>
  </Dialog>
);
