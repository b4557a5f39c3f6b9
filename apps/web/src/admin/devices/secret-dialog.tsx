import type { DeviceSecret } from '@amtsleitung/contract';
import { useWords } from '../../shared/language/words.ts';
import { Button, IconButton } from '../../shared/parts/button.tsx';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { Note } from '../../shared/parts/message.tsx';
import { tell } from '../../shared/parts/toast-store.ts';

interface SecretDialogProps {
  readonly secret: DeviceSecret | undefined;
  readonly onClose: () => void;
}

/** What has to be typed into the telephone; the house itself does not know the password afterwards. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const w = useWords();
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text).then(
      () => tell(w('devices.copied')),
      () => tell(w('devices.notCopied'), 'problem'),
    );
  };
  const rows =
    secret === undefined
      ? []
      : ([
          [w('devices.server'), secret.server],
          [w('devices.port'), String(secret.port)],
          [w('devices.domain'), secret.sipDomain],
          [w('devices.sipUser'), secret.sipUser],
          [w('login.password'), secret.password],
        ] as const);
  return (
    <Dialog
      title={w('devices.secretTitle')}
      isOpen={secret !== undefined}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {w('devices.secretDone')}
        </Button>
      }
    >
      <Note look="hold" icon="key">
        {w('devices.secretOnce')}
      </Note>
      <dl className="ad-secret">
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code className="al-grow">{text}</code>
              <IconButton icon="content_copy" label={w('devices.copy', { name })} onPress={() => void copy(text)} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
