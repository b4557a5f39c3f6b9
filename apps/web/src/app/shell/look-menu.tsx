import { sessionRoutes } from '@amtsleitung/contract';
import { useLingui } from '@lingui/react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { callRoute } from '../../shared/api/api-client.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { chooseLanguage } from '../../shared/language/choose-language.ts';
import { useWords, type Language } from '../../shared/language/words.ts';
import { densityChoice } from '../../shared/look/density.ts';
import { useStore } from '../../shared/look/store.ts';
import { themeChoice, themes } from '../../shared/look/theme.ts';
import { Chips } from '../../shared/parts/chips.tsx';

const languages: readonly Language[] = ['de', 'en'];

/** Theme, language and density of this browser. */
export function LookChoices() {
  const w = useWords();
  const { i18n } = useLingui();
  const density = useStore(densityChoice);
  const change = (language: Language): void => {
    void chooseLanguage(language);
    // Also spoken texts follow; the screen changes whether or not the house can be told now.
    callRoute(sessionRoutes.setLanguage, { body: { language } }).catch(() => undefined);
  };
  return (
    <div className="look">
      <p className="al-label">{w('look.theme')}</p>
      <Chips
        label={w('look.theme')}
        value={useStore(themeChoice)}
        onChange={themeChoice.set}
        chips={themes.map((id) => ({ id, label: w(`look.${id}`) }))}
      />
      <p className="al-label">{w('look.language')}</p>
      <Chips
        label={w('look.language')}
        value={i18n.locale === 'en' ? 'en' : 'de'}
        onChange={change}
        chips={languages.map((id) => ({ id, label: <span lang={id}>{w(`look.${id}`)}</span> }))}
      />
      <p className="al-label">{w('look.density')}</p>
      <Chips
        label={w('look.density')}
        value={density ?? 'page'}
        onChange={(id) => densityChoice.set(id === 'page' ? undefined : id)}
        chips={[
          { id: 'page', label: w('look.byPage') },
          { id: 'komfortabel', label: w('look.roomy') },
          { id: 'kompakt', label: w('look.dense') },
        ]}
      />
    </div>
  );
}

export function LookMenu() {
  const w = useWords();
  return (
    <DialogTrigger>
      <AriaButton className="kern-btn kern-btn--tertiary al-btn--icon" aria-label={w('look.title')}>
        <Icon name="contrast" />
      </AriaButton>
      <Popover className="al-popover" placement="bottom end">
        <Dialog className="look__sheet" aria-label={w('look.title')}>
          <LookChoices />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
