import type { CallRecordView } from '@amtsleitung/contract';
import {
  fullName,
  indexOf,
  shownToColleagues,
  visibleSteps,
  type CallRecord,
  type CallStep,
  type ShownParty,
  type TownDirectory,
} from '@amtsleitung/domain';
import { partyText } from '../phone/present-party.ts';

/** One of `personId`'s own calls. */
export function presentCallRecord(record: CallRecord, personId: string, directory: TownDirectory): CallRecordView {
  const party = partyOf(record, personId, directory);
  return {
    callId: record.callId,
    direction: record.direction,
    arrivedAt: record.arrivedAt,
    endedAt: record.endedAt,
    outcome: record.outcome,
    talkMilliseconds: record.talkMilliseconds,
    waitMilliseconds: record.waitMilliseconds,
    hotlineName: record.hotlineId && indexOf(directory).hotline(record.hotlineId)?.name,
    party,
    partyText: partyText(party, directory),
    steps: visibleSteps(record, personId).map((step) => presentStep(step, directory)),
  };
}

/** The other side: the outside party, or the colleague of an internal call. */
function partyOf(record: CallRecord, personId: string, directory: TownDirectory): ShownParty {
  if (record.party) return { number: record.party.number, name: record.party.name };
  const colleagueId = record.callerPersonId === personId ? record.calleePersonId : record.callerPersonId;
  const colleague = colleagueId === undefined ? undefined : indexOf(directory).person(colleagueId);
  return colleague ? shownToColleagues(directory, colleague) : {};
}

function presentStep(step: CallStep, directory: TownDirectory): CallRecordView['steps'][number] {
  const index = indexOf(directory);
  const person = step.personId === undefined ? undefined : index.person(step.personId);
  return {
    at: step.at,
    kind: step.kind,
    personName: person && fullName(person),
    hotlineName: step.hotlineId && index.hotline(step.hotlineId)?.name,
    detail: step.detail,
  };
}
