import { phoneRoutes } from '@amtsleitung/contract';
import { callRoute } from '../api/api-client.ts';

const limit = 50;
/** Calls started in this tab, oldest first; the oldest are forgotten. */
const started: string[] = [];
const underWay = new Set<Promise<unknown>>();

/** Starts a call; this tab will answer its own leg by itself. Throws `ApiProblem`. */
export async function dial(to: string): Promise<string> {
  const command = callRoute(phoneRoutes.dial, { body: { to } }).then(({ callId }) => {
    started.push(callId);
    started.splice(0, Math.max(0, started.length - limit));
    return callId;
  });
  const settled = command.catch(() => undefined);
  underWay.add(settled);
  void settled.then(() => underWay.delete(settled));
  return command;
}

/** Whether this tab started the call. The INVITE may come before the answer to the command: waits for that. */
export async function isOwnCall(callId: string): Promise<boolean> {
  if (started.includes(callId)) return true;
  await Promise.all(underWay);
  return started.includes(callId);
}
