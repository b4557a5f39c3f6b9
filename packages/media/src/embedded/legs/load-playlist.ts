import type { Logger } from '@amtsleitung/base';
import type { PlaylistEntry } from '../../audio/playlist.ts';
import { samplesOf } from '../../audio/telephone-audio.ts';
import { MediaError, type PlaylistItem } from '../../engine/media-engine.ts';
import type { ClipCache } from './clip-cache.ts';

const maximumItems = 200;
const maximumSilenceMilliseconds = 600_000;

/** Everything a player needs to play `items`. Rejects with `MediaError` when there are too many or one is no WAV. */
export async function loadPlaylist(
  items: readonly PlaylistItem[],
  clips: ClipCache,
  logger: Logger,
): Promise<readonly PlaylistEntry[]> {
  if (items.length > maximumItems) throw new MediaError(400, 'playlist is too long');
  return Promise.all(
    items.map((item) => {
      if ('silenceMilliseconds' in item)
        return samplesOf(Math.min(Math.max(0, item.silenceMilliseconds), maximumSilenceMilliseconds));
      return clips.load(item.file).catch((error: unknown) => {
        logger.warn('a prompt cannot be played', { file: item.file, error: String(error) });
        throw new MediaError(500, 'a prompt cannot be played');
      });
    }),
  );
}
