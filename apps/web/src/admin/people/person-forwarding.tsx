import { adminRoutes, type AdminPerson } from '@amtsleitung/contract';
import { callRoute } from '../../shared/api/api-client.ts';
import { useSaving } from '../../shared/forms/use-saving.ts';
import { useWords } from '../../shared/language/words.ts';
import { Button } from '../../shared/parts/button.tsx';
import { Note } from '../../shared/parts/message.tsx';

const kinds = ['always', 'busy', 'noAnswer'] as const;

/** Where somebody's calls go instead, and the way to end it: whoever gets them may demand that (TDDDG §16). */
export function PersonForwarding({ person }: { readonly person: AdminPerson }) {
  const w = useWords();
  const { busy, save } = useSaving();
  const active = kinds.filter((kind) => person.forwarding[kind] !== '');
  if (active.length === 0) return null;
  const clear = (): Promise<boolean> =>
    save(() => callRoute(adminRoutes.clearForwarding, { params: { id: person.id } }), {
      done: w('people.forwardingOff'),
    });
  return (
    <section aria-labelledby="forwarding">
      <h3 id="forwarding">{w('people.forwarding')}</h3>
      <dl className="ad-facts">
        {active.map((kind) => (
          <div key={kind}>
            <dt>{w(`people.forwarding.${kind}`)}</dt>
            <dd>{person.forwarding[kind]}</dd>
          </div>
        ))}
      </dl>
      <Note look="wrap" icon="call_made">
        <div className="al-row al-between">
          <span>{w('people.forwardingHint')}</span>
          <Button isDisabled={busy} onPress={() => void clear()}>
            {w('people.forwardingStop')}
          </Button>
        </div>
      </Note>
    </section>
  );
}
