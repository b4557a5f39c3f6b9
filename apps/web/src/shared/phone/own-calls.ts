import { phoneRoutes } from '@amtsleitung/contract';
import { callRoute } from '../api/api-client.ts';

const limit = 50;
/** The INVITE may overtake the answer to the command, also when another tab has given it. */
const patience = 2_000;

/** Calls started in this browser, oldest first; the oldest are forgotten. */
const started: string[] = [];
const listeners = new Set<(callId: string, here: boolean) => void>();

/** A call was started: in this tab, or in another one that has told us. */
export function noteStarted(callId: string, here: boolean): void {
  started.push(callId);
  started.splice(0, Math.max(0, started.length - limit));
  for (const listener of [...listeners]) listener(callId, here);
}

export function onStarted(listener: (callId: string, here: boolean) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Starts a call; this browser will answer its own leg by itself. Throws `ApiProblem`. */
export async function dial(to: string): Promise<string> {
  const { callId } = await callRoute(phoneRoutes.dial, { body: { to } });
  noteStarted(callId, true);
  return callId;
}

/** Takes a parked call back; this browser answers it by itself. Throws `ApiProblem`. */
export async function fetchFrom(orbit: string): Promise<void> {
  const { callId } = await callRoute(phoneRoutes.fetch, { body: { orbit } });
  noteStarted(callId, true);
}

/** Takes over what rings at a colleague; this browser answers it by itself. Throws `ApiProblem`. */
export async function pickUpFrom(personId: string): Promise<void> {
  const { callId } = await callRoute(phoneRoutes.pickUp, { body: { personId } });
  noteStarted(callId, true);
}

/** Whether this browser started the call; waits a moment before it says no. */
export function isOwnCall(callId: string, wait = patience): Promise<boolean> {
  if (started.includes(callId)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (own: boolean): void => {
      clearTimeout(timer);
      forget();
      resolve(own);
    };
    const timer = setTimeout(() => settle(false), wait);
    const forget = onStarted((other) => {
      if (other === callId) settle(true);
    });
  });
}
