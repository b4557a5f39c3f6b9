import { adminTopics, type LiveMessage } from '@amtsleitung/contract';
import { hasAccess } from '@amtsleitung/domain';
import type { ApiOptions } from '../api-options.ts';
import { presentBoard } from '../board/present-board.ts';
import type { TodayFigures } from '../board/today-figures.ts';
import { presentMyHotlines } from '../hotline/present-my-hotlines.ts';
import { listOwnMessages } from '../messages/own-messages.ts';
import { presentPhoneState } from '../phone/present-phone-state.ts';
import { viewerOf, type Actor } from '../session/actor.ts';
import { hasLine } from '../team/present-team.ts';
import { presentTrunkStates } from '../trunks/present-trunk-state.ts';
import type { ChangedPeople, LiveTopic } from './live-connection.ts';

type Projections = {
  readonly [Topic in LiveTopic]: (
    actor: Actor,
    changed: ChangedPeople,
  ) => LiveMessage['payload'] | Promise<LiveMessage['payload']>;
};

/** What each person may see of each topic, decided here and nowhere else on the way to a live screen. */
export class LiveProjection {
  readonly #ports: ApiOptions;
  readonly #figures: TodayFigures;

  constructor(ports: ApiOptions, figures: TodayFigures) {
    this.#ports = ports;
    this.#figures = figures;
  }

  /** Undefined: not for this person. Rejects when the store is away and the topic needs it. */
  async project(topic: LiveTopic, actor: Actor, changed: ChangedPeople): Promise<LiveMessage | undefined> {
    if (adminTopics.includes(topic) && !hasAccess('admin', viewerOf(actor))) return undefined;
    return { topic, payload: await this.#projections[topic](actor, changed) } as LiveMessage;
  }

  readonly #projections: Projections = {
    phone: ({ person, directory }) => {
      const { phone, reachability } = this.#ports;
      return presentPhoneState(phone.phoneState(person.id), reachability.isReachable(person.id), directory);
    },
    hotlines: ({ person, tenant, directory }) => {
      const { agentDesk } = this.#ports;
      return presentMyHotlines(agentDesk.myHotlines(person.id), agentDesk.boardOf(tenant.id), directory);
    },
    presence: ({ directory }, changed) =>
      directory.people
        .filter((person) => hasLine(person) && (changed === 'everybody' || changed.has(person.id)))
        .map(({ id }) => ({ personId: id, presence: this.#ports.presence.presenceOf(id) })),
    board: async (actor) =>
      presentBoard(actor, this.#ports.agentDesk.boardOf(actor.tenant.id), await this.#figures.of(actor.directory)),
    calls: () => ({}),
    messages: async (actor) => {
      const messages = await listOwnMessages(this.#ports.messages, actor);
      return { open: messages.filter(({ doneAt }) => doneAt === undefined).length };
    },
    trunks: ({ directory }) => presentTrunkStates(this.#ports.trunkStates, directory, this.#ports.clock.now()),
    alerts: () => ({}),
    clock: () => ({ at: this.#ports.clock.now() }),
  };
}
