import type { TrunkStateView } from '@amtsleitung/contract';
import type { IconName } from '../../shared/icons/icons.ts';
import type { SentenceId } from '../../shared/language/words.ts';

export interface TrunkLook {
  readonly look: 'live' | 'hold' | 'late' | 'ink';
  readonly icon: IconName;
  readonly word: SentenceId;
}

/** A trunk's state as word, icon and colour. `registers`: it is known by a registration, not by its address. */
export function trunkLook(state: TrunkStateView | undefined, registers: boolean): TrunkLook {
  switch (state?.status) {
    case 'up':
      return { look: 'live', icon: 'check_circle-fill', word: registers ? 'trunkState.registered' : 'trunkState.up' };
    case 'down':
      return { look: 'late', icon: 'warning', word: 'trunkState.down' };
    case 'off':
      return { look: 'ink', icon: 'radio_button_unchecked', word: 'trunkState.off' };
    case 'starting':
    case undefined:
      return {
        look: 'hold',
        icon: 'hourglass_top',
        word: registers ? 'trunkState.registering' : 'trunkState.starting',
      };
  }
}
