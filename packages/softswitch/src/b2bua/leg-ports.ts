import type { Clock } from '@amtsleitung/base';
import type { LegEvent, LegId } from '@amtsleitung/domain';
import type { Replaces } from '@amtsleitung/sip';
import type { Playlist } from '../playback/playlist.ts';
import type { RecordingFiles } from '../playback/recording-files.ts';
import type { MediaPorts } from './media-leg.ts';

/** What every leg needs of the house around it. */
export interface LegPorts extends MediaPorts {
  readonly clock: Clock;
  readonly playlist: Playlist;
  readonly recordings: RecordingFiles;
  readonly emit: (event: LegEvent) => void;
  /** The other leg of the same phone that `dialog` names; nobody else's is ever found (RFC 3891 §3). */
  readonly ownLeg: (asking: LegId, dialog: Replaces) => LegId | undefined;
  /** The leg is over and its terminal event was sent. */
  readonly gone: (leg: LegId) => void;
}
