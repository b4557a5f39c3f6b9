import { createResponse } from '../messages/create-response.ts';
import type { Header, SipResponse } from '../messages/sip-message.ts';
import { DigestClient } from './digest-client.ts';
import { buildRequest } from './outgoing-request-builder.ts';
import type { UserAgentCore } from './user-agent-core.ts';
import type { OutOfDialogOptions } from './user-agent-options.ts';

/** A challenge, and one more for a nonce that went stale meanwhile. */
const maximumChallenges = 2;

/** One request outside a dialog with its credentials; resolves with the final response, never rejects. */
export function sendOutOfDialog(core: UserAgentCore, options: OutOfDialogOptions): Promise<SipResponse> {
  const digest = options.credentials ? new DigestClient(options.credentials, core.random) : undefined;
  const callId = options.callId ?? core.newTag();
  const fromTag = options.fromTag ?? core.newTag();
  const { method } = options;
  const contact = core.contactFor(options.destination, options.contactUser);
  return new Promise((resolve) => {
    const send = (cseq: number, challenges: number, authorization: readonly Header[]): void => {
      const own =
        method === 'OPTIONS' || method === 'REGISTER' ? [...core.capabilities, ...authorization] : authorization;
      const request = buildRequest(options, { method, callId, fromTag, cseq, contact }, own);
      core.transactions.request(request, options.destination, {
        response: (response) => {
          if (response.status < 200) return;
          const isChallenge = (response.status === 401 || response.status === 407) && challenges < maximumChallenges;
          const isNew = challenges === 0 || isStale(response);
          const answer = isChallenge && isNew ? digest?.answer(response, method, options.requestUri) : undefined;
          if (answer) send(cseq + 1, challenges + 1, [answer]);
          else resolve(response);
        },
        // RFC 3261 §8.1.3.1
        timedOut: () => resolve(createResponse(request, 408)),
        failed: () => resolve(createResponse(request, 503)),
      });
    };
    send(options.cseq ?? 1, 0, []);
  });
}

function isStale(response: SipResponse): boolean {
  return response.headers.some(
    (header) => /-authenticate$/i.test(header.name) && /stale\s*=\s*"?true/i.test(header.value),
  );
}
