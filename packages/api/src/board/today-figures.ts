import type { Clock } from '@amtsleitung/base';
import type { FiguresStore, HotlineFigures, TownDirectory } from '@amtsleitung/domain';
import { startOfDay } from './start-of-day.ts';

export interface Today {
  /** Wall time at which the figures were asked for. */
  readonly at: number;
  readonly figures: ReadonlyMap<string, HotlineFigures>;
}

/** Many boards, one question: figures of a tenant are asked for at most once a second. */
const freshMilliseconds = 1_000;

/** Today's figures per tenant. While the store is away the last ones stay, with the time they are from. */
export class TodayFigures {
  readonly #store: FiguresStore;
  readonly #clock: Clock;
  readonly #known = new Map<string, Today>();
  readonly #asking = new Map<string, Promise<Today>>();

  constructor({ figures, clock }: { readonly figures: FiguresStore; readonly clock: Clock }) {
    this.#store = figures;
    this.#clock = clock;
  }

  /** Throws when the store is away and no figures of today are known. */
  async of(directory: TownDirectory): Promise<Today> {
    const tenantId = directory.tenant.id;
    const known = this.#known.get(tenantId);
    if (known && Math.abs(this.#clock.now() - known.at) < freshMilliseconds) return known;
    const asking = this.#asking.get(tenantId) ?? this.#ask(directory);
    try {
      return await asking;
    } catch (error) {
      const dayStart = startOfDay(this.#clock.now(), directory.tenant.timeZone);
      if (known && known.at >= dayStart) return known;
      throw error;
    }
  }

  #ask(directory: TownDirectory): Promise<Today> {
    const { id, timeZone } = directory.tenant;
    const at = this.#clock.now();
    const promises = new Map(directory.hotlines.map((hotline) => [hotline.id, hotline.serviceLevel.seconds]));
    const asking = this.#store
      .ofHotlines(id, startOfDay(at, timeZone), at, promises)
      .then((rows) => {
        const today = { at, figures: new Map(rows.map((row) => [row.hotlineId, row])) };
        this.#known.set(id, today);
        return today;
      })
      .finally(() => this.#asking.delete(id));
    this.#asking.set(id, asking);
    return asking;
  }
}
