import type { Session } from './session.ts';
import type { DialogEntry } from './user-agent-core.ts';

/** How many sessions that are over are remembered, to tell them from those that never were. */
const rememberedEnds = 1_000;

/** All dialogs of a user agent, by Call-ID and our tag. */
export class DialogTable {
  readonly #dialogs = new Map<string, DialogEntry>();
  #sessions = 0;
  /** Keys with remote tags of sessions lately over, oldest first. */
  readonly #ended = new Set<string>();

  get sessions(): number {
    return this.#sessions;
  }

  get subscriptions(): number {
    return this.#dialogs.size - this.#sessions;
  }

  get all(): readonly DialogEntry[] {
    return [...this.#dialogs.values()];
  }

  enter(dialog: DialogEntry): void {
    this.#dialogs.set(keyOf(dialog.callId, dialog.localTag), dialog);
    if (dialog.session) this.#sessions++;
  }

  leave(dialog: DialogEntry): void {
    const key = keyOf(dialog.callId, dialog.localTag);
    if (!this.#dialogs.delete(key) || !dialog.session) return;
    this.#sessions--;
    this.#ended.add(`${key}|${dialog.session.remoteTag ?? ''}`);
    if (this.#ended.size <= rememberedEnds) return;
    for (const oldest of this.#ended) return void this.#ended.delete(oldest);
  }

  find(callId: string, localTag: string): DialogEntry | undefined {
    return this.#dialogs.get(keyOf(callId, localTag));
  }

  /** The session with that dialog or early dialog. */
  session(callId: string, localTag: string, remoteTag: string): Session | undefined {
    const dialog = this.find(callId, localTag);
    return dialog?.hasRemoteTag(remoteTag) ? dialog.session : undefined;
  }

  /** Whether such a session was here lately. */
  hasEnded(callId: string, localTag: string, remoteTag: string): boolean {
    return this.#ended.has(`${keyOf(callId, localTag)}|${remoteTag}`);
  }
}

function keyOf(callId: string, localTag: string): string {
  return `${callId}|${localTag}`;
}
