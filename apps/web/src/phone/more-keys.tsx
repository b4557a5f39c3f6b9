import { useWords } from '../shared/language/words.ts';
import { Button } from '../shared/parts/button.tsx';
import type { CallCard } from '../shared/phone/call-cards.ts';
import { fetchParked, openDoor, parkCall } from '../shared/phone/call-commands.ts';

/** What is done with a call less often: park it, fetch it back, open a door. */
export function MoreKeys({ card: { call } }: { readonly card: Extract<CallCard, { kind: 'call' }> }) {
  const w = useWords();
  const { callId, state, orbit } = call;
  if (state === 'parked')
    return orbit === undefined ? null : (
      <div className="al-row al-row--wrap">
        <Button icon="undo" onPress={() => void fetchParked(orbit)}>
          {w('call.fetch')}
        </Button>
      </div>
    );
  if (state !== 'connected' && state !== 'held') return null;
  return (
    <div className="al-row al-row--wrap">
      {call.opensDoor === true && (
        <Button icon="door_open" onPress={() => void openDoor(callId)}>
          {w('call.openDoor')}
        </Button>
      )}
      <Button look="tertiary" icon="local_parking" onPress={() => void parkCall(callId)}>
        {w('call.park')}
      </Button>
    </div>
  );
}
