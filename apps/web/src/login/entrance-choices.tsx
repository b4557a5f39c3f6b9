import { useLingui } from '@lingui/react';
import { chooseLanguage } from '../shared/language/choose-language.ts';
import { useWords } from '../shared/language/words.ts';
import { useStore } from '../shared/look/store.ts';
import { themeChoice, themes } from '../shared/look/theme.ts';
import { Chips } from '../shared/parts/chips.tsx';

/** Language and theme before anybody is signed in. */
export function EntranceChoices() {
  const w = useWords();
  const { i18n } = useLingui();
  return (
    <div className="lg-choices">
      <Chips
        label={w('look.language')}
        value={i18n.locale === 'en' ? 'en' : 'de'}
        onChange={(language) => void chooseLanguage(language)}
        chips={(['de', 'en'] as const).map((id) => ({ id, label: <span lang={id}>{w(`look.${id}`)}</span> }))}
      />
      <Chips
        label={w('look.theme')}
        value={useStore(themeChoice)}
        onChange={themeChoice.set}
        chips={themes.map((id) => ({ id, label: w(`look.${id}`) }))}
      />
    </div>
  );
}
