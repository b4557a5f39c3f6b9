import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlayItem } from '@amtsleitung/domain';
import type { Logger } from '@amtsleitung/base';
import type { PlaylistItem } from '@amtsleitung/media';

const toneFiles = { 'message-beep': 'message-beep.wav', busy: 'busy-de.wav' } as const;

/** Turns what the domain wants heard into files of the assets folder. */
export class Playlist {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #found = new Set<string>();

  /** `folder` holds `prompts/<language>/`, `music/` and `tones/`. */
  constructor(folder: string, logger: Logger) {
    this.#folder = folder;
    this.#logger = logger;
  }

  /** Items without a file are left out: the rest of the sentence is better than silence. */
  resolve(items: readonly PlayItem[]): readonly PlaylistItem[] {
    return items.flatMap((item) => this.#resolveOne(item));
  }

  #resolveOne(item: PlayItem): readonly PlaylistItem[] {
    switch (item.kind) {
      case 'silence':
        return [{ silenceMilliseconds: item.milliseconds }];
      case 'prompt':
        return this.#spoken(item.language, `${item.name}.wav`);
      case 'number':
        return this.#spoken(item.language, `number-${item.value}.wav`);
      case 'music':
        return this.#firstOf([join('music', 'waiting.wav')]);
      case 'ringback':
        return this.#firstOf([join('tones', 'ringback-de.wav')]);
      case 'tone':
        return this.#firstOf([join('tones', toneFiles[item.name])]);
    }
  }

  #spoken(language: string, name: string): readonly PlaylistItem[] {
    return this.#firstOf([join('prompts', language, name), join('prompts', 'de', name)]);
  }

  #firstOf(names: readonly string[]): readonly PlaylistItem[] {
    const found = names.map((name) => join(this.#folder, name)).find((file) => this.#exists(file));
    if (found) return [{ file: found }];
    this.#logger.warn('Announcement missing', { file: names[0] });
    return [];
  }

  #exists(file: string): boolean {
    if (this.#found.has(file)) return true;
    if (!existsSync(file)) return false;
    this.#found.add(file);
    return true;
  }
}
