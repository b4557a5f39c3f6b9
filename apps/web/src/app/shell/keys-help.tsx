import { Dialog } from '../../shared/parts/dialog.tsx';
import { commandCatalogue, type CommandMoment } from '../../shared/keys/command-catalogue.ts';
import { singleCharacters, useCommand } from '../../shared/keys/use-command.ts';
import { useWords, type Words } from '../../shared/language/words.ts';
import { createStore, useStore } from '../../shared/look/store.ts';
import { Checkbox } from '../../shared/parts/checkbox.tsx';

const isOpenStore = createStore(false);
export const openKeysHelp = (): void => isOpenStore.set(true);

const moments: readonly CommandMoment[] = ['ringing', 'call', 'targets', 'wrap-up', 'always'];
const printed = (combination: string, w: Words): string =>
  combination
    .split('+')
    .map((key) =>
      key === 'Control' ? w('keys.control') : key === 'Enter' ? '↵' : key === 'Escape' ? w('keys.escape') : key,
    )
    .join(' ');

/** The key list, drawn from the same table the keys work from. */
export function KeysHelp() {
  const w = useWords();
  const isOpen = useStore(isOpenStore);
  useCommand('help', openKeysHelp);
  return (
    <Dialog title={w('keys.title')} isOpen={isOpen} onClose={() => isOpenStore.set(false)} wide>
      <div className="keyhelp">
        {moments.map((moment) => (
          <section key={moment}>
            <h3>{w(`keys.moment.${moment}`)}</h3>
            <dl>
              {commandCatalogue
                .filter((command) => command.moment === moment)
                .map((command) => (
                  <div key={command.id}>
                    <dt>
                      {command.keys.map((key) => (
                        <kbd key={key} className="al-kbd al-kbd--quiet">
                          {printed(key, w)}
                        </kbd>
                      ))}
                    </dt>
                    <dd>{w(command.words)}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox
        isSelected={useStore(singleCharacters) === 'on'}
        onChange={(on) => singleCharacters.set(on ? 'on' : 'off')}
      >
        {w('keys.single')}
      </Checkbox>
    </Dialog>
  );
}
