import type { Body } from '../messages/body.ts';
import type { Header, SipResponse } from '../messages/sip-message.ts';
import { glareDelay } from '../dialogs/offer-turn.ts';
import { agreedSessionTimer } from '../dialogs/session-timer.ts';
import type { ReofferResult } from './session.ts';
import type { SessionUsage } from './session-usage.ts';

const maximumAttempts = 5;

/**
 * Our re-INVITE, RFC 3261 §14.1. Waits and tries again after 491. A 2xx with an answer is acknowledged here; after an
 * offerless re-INVITE the owner's `acknowledge` brings the answer.
 */
export function sendReoffer(
  usage: SessionUsage,
  body: Body | undefined,
  headers: readonly Header[],
): Promise<ReofferResult> {
  return new Promise((resolve) => attempt(usage, body, headers, 1, resolve));
}

function attempt(
  usage: SessionUsage,
  body: Body | undefined,
  headers: readonly Header[],
  count: number,
  resolve: (result: ReofferResult) => void,
): void {
  if (usage.state !== 'established') return resolve({ accepted: false, status: 481 });
  if (usage.turn !== 'none') return retry(usage, body, headers, count, resolve);
  usage.turn = 'local';
  const parts = { headers: [...usage.capabilities.filter((one) => one.name !== 'Contact'), ...headers], body };
  usage.channel.request('INVITE', parts, {
    response: (response) => {
      if (response.status < 200) return;
      if (response.status < 300) return accept(usage, body, response, resolve);
      usage.turn = 'none';
      if (response.status === 491) return retry(usage, body, headers, count, resolve, response);
      endWhenGone(usage, response.status);
      resolve({ accepted: false, status: response.status, response });
    },
    timedOut: () => {
      usage.turn = 'none';
      endWhenGone(usage, 408);
      resolve({ accepted: false, status: 408 });
    },
    failed: () => {
      usage.turn = 'none';
      resolve({ accepted: false, status: 503 });
    },
  });
}

function retry(
  usage: SessionUsage,
  body: Body | undefined,
  headers: readonly Header[],
  count: number,
  resolve: (result: ReofferResult) => void,
  response?: SipResponse,
): void {
  if (count >= maximumAttempts) return resolve({ accepted: false, status: 491, ...(response ? { response } : {}) });
  const delay = glareDelay(usage.isOwner, usage.core.random.integer(1_000) / 1_000);
  usage.core.timers.after(delay, () => attempt(usage, body, headers, count + 1, resolve));
}

function accept(
  usage: SessionUsage,
  body: Body | undefined,
  response: SipResponse,
  resolve: (result: ReofferResult) => void,
): void {
  // §13.2.2.4: a repeated 2xx wants its ACK again, nothing else.
  if (usage.channel.repeatAck(response)) return;
  usage.learnFrom(response);
  usage.restartTimer(agreedSessionTimer(response));
  if (body) {
    usage.localBody = body;
    usage.turn = 'none';
    usage.channel.acknowledge(response);
  }
  resolve({ accepted: true, response });
}

/** §12.2.1.2: the far side knows the dialog no more, or is silent. */
function endWhenGone(usage: SessionUsage, status: number): void {
  if (status !== 408 && status !== 481) return;
  usage.bye();
}
