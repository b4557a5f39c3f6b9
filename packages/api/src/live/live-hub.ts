import type { WebSocket } from 'ws';
import type { Timer } from '@amtsleitung/base';
import { isAlert, type Destination, type DomainEvent, type Session } from '@amtsleitung/domain';
import type { ApiOptions } from '../api-options.ts';
import { actorOf } from '../session/actor.ts';
import type { SessionKeeper } from '../session/session-keeper.ts';
import { CallPeople } from './call-people.ts';
import { LiveConnection, type ChangedPeople, type LiveTopic, type Project } from './live-connection.ts';
import type { LiveProjection } from './live-projection.ts';

const tickMilliseconds = 10_000;
/** Batches come close together; screens read their lists again once for several. */
const gatherMilliseconds = 100;

type Ending = 'signed-out' | 'house-closes' | 'renewed';
const closings: Readonly<Record<Ending, readonly [code: number, reason: string]>> = {
  'signed-out': [4401, 'signed out'],
  'house-closes': [1001, 'going away'],
  renewed: [1012, 'connect again'],
};

/** All live screens of the house. Listens to what happens and tells each screen what its person may see of it. */
export class LiveHub {
  readonly #ports: ApiOptions;
  readonly #keeper: SessionKeeper;
  readonly #projection: LiveProjection;
  readonly #connections = new Set<LiveConnection>();
  readonly #callPeople = new CallPeople();
  readonly #stops: (() => void)[] = [];
  /** Told `gatherMilliseconds` after their events are stored: people whose calls changed, tenants whose figures did, boxes with new messages. */
  readonly #later = { people: new Set<string>(), tenants: new Set<string>(), boxes: new Map<string, Box>() };
  #laterTimer: Timer | undefined;
  #tickTimer: Timer | undefined;

  constructor(ports: ApiOptions, keeper: SessionKeeper, projection: LiveProjection) {
    this.#ports = ports;
    this.#keeper = keeper;
    this.#projection = projection;
  }

  start(): void {
    const { phone, reachability, agentDesk, presence, events, directory, trunkStates } = this.#ports;
    this.#stops.push(
      phone.onPhoneState((tenantId, { personId }) => this.#markPerson(tenantId, personId, 'phone')),
      reachability.onChange((personId) => this.#markPerson(undefined, personId, 'phone')),
      agentDesk.onMyHotlines((tenantId, personId) => this.#markPerson(tenantId, personId, 'hotlines')),
      agentDesk.onBoard((tenantId) => this.#each(tenantId, (screen) => screen.mark('board'))),
      presence.onChange((tenantId, personId) => this.#each(tenantId, (screen) => screen.markPresence(personId))),
      events.onStored((batch) => batch.forEach((event) => this.#hear(event))),
      trunkStates.onChange(({ tenantId }) => this.#each(tenantId, (screen) => screen.mark('trunks'))),
      directory.onChange(({ tenant }) => this.#each(tenant.id, (screen) => this.#renew(screen))),
    );
    this.#tickLater();
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#tickTimer?.cancel();
    this.#laterTimer?.cancel();
    for (const screen of this.#connections) screen.close(...closings['house-closes']);
  }

  countOf(personId: string): number {
    return [...this.#connections].filter(({ session }) => session.personId === personId).length;
  }

  adopt(socket: WebSocket, session: Session): void {
    const { clock, timers } = this.#ports;
    const project: Project = (topic, changed) => this.#project(screen, topic, changed);
    const screen: LiveConnection = new LiveConnection(socket, session, { clock, timers, project });
    this.#connections.add(screen);
    socket.on('close', () => this.#connections.delete(screen));
  }

  closeSession(sessionId: string, why: Ending): void {
    for (const screen of this.#connections) {
      if (screen.session.id === sessionId) screen.close(...closings[why]);
    }
  }

  /** Somebody did something about a message, or one has come. */
  messagesChanged(tenantId: string, box: Destination): void {
    const hotlineMembers =
      box.kind === 'hotline'
        ? this.#ports.directory.byTenant(tenantId)?.hotlines.find(({ id }) => id === box.hotlineId)?.memberIds
        : undefined;
    const people = box.kind === 'person' ? [box.personId] : (hotlineMembers ?? []);
    this.#each(tenantId, (screen) => {
      if (people.includes(screen.session.personId)) screen.mark('messages');
    });
  }

  /** The store answers again: what is read from it may have changed meanwhile. */
  storeRecovered(): void {
    for (const screen of this.#connections) screen.mark('board', 'calls', 'messages');
  }

  async #project(screen: LiveConnection, topic: LiveTopic, changed: ChangedPeople) {
    const actor = this.#keeper.stillHolds(screen.session) && actorOf(screen.session, this.#ports.directory);
    if (actor) return this.#projection.project(topic, actor, changed);
    screen.close(...closings['signed-out']);
    return undefined;
  }

  #renew(screen: LiveConnection): void {
    if (actorOf(screen.session, this.#ports.directory)) screen.markAll();
    else screen.close(...closings['signed-out']);
  }

  #hear(event: DomainEvent): void {
    if (isAlert(event)) this.#each(event.tenantId, (screen) => screen.mark('alerts'));
    for (const personId of this.#callPeople.learn(event)) this.#later.people.add(personId);
    if (event.kind === 'message-recorded') {
      this.#later.boxes.set(JSON.stringify(event.box), { tenantId: event.tenantId, box: event.box });
    }
    if (event.kind.startsWith('hotline-')) this.#later.tenants.add(event.tenantId);
    const { people, tenants, boxes } = this.#later;
    if (this.#laterTimer || people.size + tenants.size + boxes.size === 0) return;
    this.#laterTimer = this.#ports.timers.after(gatherMilliseconds, () => this.#tellLater());
  }

  #tellLater(): void {
    this.#laterTimer = undefined;
    const { people, tenants, boxes } = this.#later;
    for (const screen of this.#connections) {
      if (people.has(screen.session.personId)) screen.mark('calls');
      if (tenants.has(screen.session.tenantId)) screen.mark('board');
    }
    for (const { tenantId, box } of boxes.values()) this.messagesChanged(tenantId, box);
    for (const pending of [people, tenants, boxes]) pending.clear();
  }

  #tickLater(): void {
    this.#tickTimer = this.#ports.timers.after(tickMilliseconds, () => {
      for (const screen of this.#connections) {
        screen.tick();
        // Nobody tells when opening hours begin or end.
        screen.mark('board', 'hotlines');
      }
      this.#tickLater();
    });
  }

  #markPerson(tenantId: string | undefined, personId: string, topic: LiveTopic): void {
    this.#each(tenantId, (screen) => {
      if (screen.session.personId === personId) screen.mark(topic);
    });
  }

  #each(tenantId: string | undefined, tell: (screen: LiveConnection) => void): void {
    for (const screen of this.#connections) {
      if (tenantId === undefined || screen.session.tenantId === tenantId) tell(screen);
    }
  }
}

interface Box {
  readonly tenantId: string;
  readonly box: Destination;
}
