import type { VoiceMessageView } from '@amtsleitung/contract';
import { fullName, indexOf, type Destination, type TownDirectory, type VoiceMessage } from '@amtsleitung/domain';
import { partyText } from '../phone/present-party.ts';

export function presentMessage(message: VoiceMessage, directory: TownDirectory): VoiceMessageView {
  const party = { number: message.party?.number, name: message.party?.name };
  const doneBy = message.doneByPersonId;
  return {
    id: message.id,
    box: message.box,
    boxName: nameOfDestination(message.box, directory),
    recordedAt: message.recordedAt,
    milliseconds: message.milliseconds,
    party,
    partyText: partyText(party, directory),
    // Somebody who has left is still somebody.
    doneBy: doneBy === undefined ? undefined : personName(doneBy, directory),
  };
}

/** The person's or hotline's name; empty once it is gone. */
export const nameOfDestination = (destination: Destination, directory: TownDirectory): string =>
  destination.kind === 'person'
    ? personName(destination.personId, directory)
    : (indexOf(directory).hotline(destination.hotlineId)?.name ?? '');

function personName(personId: string, directory: TownDirectory): string {
  const person = indexOf(directory).person(personId);
  return person ? fullName(person) : '';
}
