import type { TrunkSettingsView, TrunkStateView } from '@amtsleitung/contract';
import type { IconName } from '../../shared/icons/icons.ts';
import type { SentenceId } from '../../shared/language/words.ts';

/** How a trunk is asked whether it lives. */
type Asked = Pick<TrunkSettingsView, 'registerSeconds' | 'optionsSeconds'>;

export interface TrunkLook {
  readonly look: 'live' | 'hold' | 'late' | 'ink';
  readonly icon: IconName;
  readonly word: SentenceId;
}

/** A trunk's state as word, icon and colour. */
export function trunkLook(state: TrunkStateView | undefined, settings: Asked): TrunkLook {
  const registers = settings.registerSeconds > 0;
  const isAsked = registers || settings.optionsSeconds > 0;
  switch (state?.status) {
    case 'up':
      return { look: 'live', icon: 'check_circle-fill', word: registers ? 'trunkState.registered' : 'trunkState.up' };
    case 'down':
      return { look: 'late', icon: 'warning', word: 'trunkState.down' };
    case 'off':
      return { look: 'ink', icon: 'radio_button_unchecked', word: 'trunkState.off' };
    case 'starting':
    case undefined:
      if (!isAsked) return { look: 'ink', icon: 'radio_button_unchecked', word: 'trunkState.unasked' };
      return {
        look: 'hold',
        icon: 'hourglass_top',
        word: registers ? 'trunkState.registering' : 'trunkState.starting',
      };
  }
}
