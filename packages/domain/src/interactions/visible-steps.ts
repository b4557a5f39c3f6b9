import type { CallRecord, CallStep } from './call-record.ts';

/**
 * The steps of a call as one of its people may see them. At whom it rang in vain, and how often, is those colleagues'
 * own affair: a record is no list of who was not at the desk (R20–R22). Whoever called a colleague, or passed the call
 * on to one, has heard it ring and may read it too.
 */
export function visibleSteps(record: CallRecord, viewerId: string): readonly CallStep[] {
  const { steps } = record;
  return steps
    .filter((step, position) => isVisible(step, record, viewerId, steps.slice(position)))
    .map((step) => withoutIds(step));
}

function isVisible(step: CallStep, record: CallRecord, viewerId: string, after: readonly CallStep[]): boolean {
  if (step.personId === viewerId) return true;
  switch (step.kind) {
    case 'hotline-offered':
    case 'hotline-offer-ended':
    case 'call-held':
    case 'call-resumed':
    case 'call-parked':
    // Where somebody forwards their calls is nobody else's affair.
    case 'call-forwarded':
      return false;
    case 'call-ringing':
      return (
        record.callerPersonId === viewerId ||
        hasSentTo(record, viewerId, step.personId) ||
        answers(after, step.personId)
      );
    case 'call-transferred': {
      const target = personIn(step);
      return target === undefined || target === viewerId || answers(after, target);
    }
    default:
      return true;
  }
}

const personIn = ({ detail }: CallStep): string | undefined => /^person:(.+)$/.exec(detail ?? '')?.[1];

/** Whether this person was on the call later on. */
const answers = (after: readonly CallStep[], personId: string | undefined): boolean =>
  after.some((step) => step.kind === 'call-connected' && step.personId === personId);

const hasSentTo = ({ steps }: CallRecord, viewerId: string, personId: string | undefined): boolean =>
  steps.some((step) => step.kind === 'call-transferred' && step.personId === viewerId && personIn(step) === personId);

/** `person:<id>` → `person`: names stand elsewhere, ids are for nobody. */
function withoutIds({ detail, ...step }: CallStep): CallStep {
  return detail === undefined ? step : { ...step, detail: detail.replace(/^(person|hotline):.*$/, '$1') };
}
