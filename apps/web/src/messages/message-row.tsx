import type { VoiceMessageView } from '@amtsleitung/contract';
import { useFormats } from '../shared/format/use-formats.ts';
import { useWords } from '../shared/language/words.ts';
import { Button, IconButton } from '../shared/parts/button.tsx';
import { NumberText } from '../shared/parts/number-text.tsx';
import { Tag } from '../shared/parts/message.tsx';
import { startCall } from '../shared/phone/call-commands.ts';
import { useNow } from '../shared/time/wall-clock.ts';
import { MessagePlayer } from './message-player.tsx';

interface MessageRowProps {
  readonly message: VoiceMessageView;
  readonly onDone: (message: VoiceMessageView, done: boolean) => void;
  readonly onRemove: (message: VoiceMessageView) => void;
}

/** Who, for whom, when; listen; call back; done. */
export function MessageRow({ message, onDone, onRemove }: MessageRowProps) {
  const w = useWords();
  const now = useNow();
  const formats = useFormats();
  const { number } = message.party;
  const done = message.doneBy !== undefined;
  return (
    <li className={`message ${done ? 'message--done' : ''}`}>
      <div className="message__who">
        <b className="al-block">
          <NumberText text={message.partyText === '' ? w('party.suppressed') : message.partyText} />
        </b>
        <small className="al-muted">
          {w('messages.for', { box: message.boxName })} · {formats.dayAndTime(message.recordedAt, now)}
        </small>
      </div>
      <MessagePlayer message={message} />
      <div className="message__acts">
        {message.doneBy !== undefined && (
          <Tag icon="check_circle">{w('messages.doneBy', { person: message.doneBy })}</Tag>
        )}
        {number !== undefined && (
          <Button icon="phone_callback" onPress={() => void startCall(number)}>
            {w('calls.callBack')}
          </Button>
        )}
        <Button
          look={done ? 'tertiary' : 'secondary'}
          icon={done ? 'undo' : 'check'}
          onPress={() => onDone(message, !done)}
        >
          {w(done ? 'messages.reopen' : 'messages.done')}
        </Button>
        <IconButton icon="delete" label={w('messages.remove')} onPress={() => onRemove(message)} />
      </div>
    </li>
  );
}
