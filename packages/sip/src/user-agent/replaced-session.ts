import { headerValues } from '../messages/header-access.ts';
import { parseReplaces } from '../messages/replaces.ts';
import type { SipRequest } from '../messages/sip-message.ts';
import type { DialogTable } from './dialog-table.ts';
import type { ReplacedSession } from './session.ts';

export type ReplacesVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly replaced: ReplacedSession }
  | { readonly kind: 'refused'; readonly status: 400 | 481 | 486 | 603 };

/** What the Replaces of an INVITE outside a dialog means here, RFC 3891 §3. */
export function judgeReplaces(request: SipRequest, dialogs: DialogTable): ReplacesVerdict {
  const values = headerValues(request, 'Replaces');
  if (values.length === 0) return { kind: 'none' };
  const replaces = values.length === 1 ? parseReplaces(values[0]!) : undefined;
  if (!replaces || headerValues(request, 'Join').length > 0) return { kind: 'refused', status: 400 };
  const { callId, toTag, fromTag } = replaces;
  const session = tagsToTry(fromTag)
    .map((tag) => dialogs.session(callId, toTag, tag))
    .find((one) => one !== undefined);
  if (!session || session.state === 'ended') {
    return { kind: 'refused', status: session || dialogs.hasEnded(callId, toTag, fromTag) ? 603 : 481 };
  }
  if (session.state === 'setup') {
    // §3: only a dialog that we have begun ourselves can be picked up early.
    const isOurs = session.direction === 'outgoing';
    return isOurs ? { kind: 'found', replaced: { session, replaces } } : { kind: 'refused', status: 481 };
  }
  return replaces.earlyOnly ? { kind: 'refused', status: 486 } : { kind: 'found', replaced: { session, replaces } };
}

/** §3: zero stands for the missing tag of RFC 2543. */
function tagsToTry(tag: string): readonly string[] {
  return tag === '0' ? ['0', ''] : [tag];
}
