import './messages.css';
import { messageRoutes, type VoiceMessageView } from '@amtsleitung/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callRoute } from '../shared/api/api-client.ts';
import { problemSentence } from '../shared/api/api-problem.ts';
import { useWords, words } from '../shared/language/words.ts';
import { useDensity } from '../shared/look/density.ts';
import { usePageTitle } from '../shared/look/page-title.ts';
import { Button } from '../shared/parts/button.tsx';
import { Chips } from '../shared/parts/chips.tsx';
import { Confirm } from '../shared/parts/dialog.tsx';
import { Empty, Note } from '../shared/parts/message.tsx';
import { SkeletonRows } from '../shared/parts/skeleton.tsx';
import { tell } from '../shared/parts/toast-store.ts';
import { MessageRow } from './message-row.tsx';

const queryKey = ['messages'];
const failed = (error: unknown): void => tell(problemSentence(error, words), 'problem');

/** Recorded messages for this person and their teams: the open ones first in sight. */
export function MessagesPage() {
  const w = useWords();
  useDensity('komfortabel');
  usePageTitle(w('nav.messages'));
  const [filter, setFilter] = useState<'open' | 'all'>('open');
  const [removing, setRemoving] = useState<VoiceMessageView>();
  const list = useQuery({ queryKey, queryFn: () => callRoute(messageRoutes.list, {}) });
  const { setDone, remove } = useMessageChanges();
  const all = list.data?.messages ?? [];
  const open = all.filter((message) => message.doneBy === undefined);
  const shown = filter === 'open' ? open : all;
  return (
    <div className="al-page al-stack">
      <div className="al-row al-row--wrap al-between">
        <h1>{w('nav.messages')}</h1>
        <Chips
          label={w('messages.filter')}
          value={filter}
          onChange={setFilter}
          chips={[
            {
              id: 'open',
              label: (
                <>
                  {w('messages.open')} <b>{open.length}</b>
                </>
              ),
            },
            { id: 'all', label: w('messages.all') },
          ]}
        />
      </div>
      {list.error !== null && (
        <Note look="late" icon="warning">
          <p>{problemSentence(list.error, w)}</p>
          <Button look="tertiary" icon="refresh" onPress={() => void list.refetch()}>
            {w('action.again')}
          </Button>
        </Note>
      )}
      <section className="al-panel" aria-label={w('nav.messages')} aria-busy={list.isPending}>
        {list.isPending ? (
          <SkeletonRows rows={4} columns={[40, 60, 20]} />
        ) : shown.length === 0 ? (
          <Empty icon="voicemail" title={w(filter === 'open' ? 'messages.noneOpen' : 'messages.none')}>
            <p className="al-s">{w('messages.noneText')}</p>
          </Empty>
        ) : (
          <ul className="al-list">
            {shown.map((message) => (
              <MessageRow key={message.id} message={message} onDone={setDone} onRemove={setRemoving} />
            ))}
          </ul>
        )}
      </section>
      <Confirm
        title={w('messages.removeTitle')}
        isOpen={removing !== undefined}
        action={w('messages.remove')}
        keep={w('messages.keep')}
        onClose={() => setRemoving(undefined)}
        onConfirm={() => {
          if (removing !== undefined) remove(removing);
          setRemoving(undefined);
        }}
      >
        {w('messages.removeText')}
      </Confirm>
    </div>
  );
}

function useMessageChanges() {
  const client = useQueryClient();
  const after = { onSettled: () => client.invalidateQueries({ queryKey }), onError: failed };
  const marking = useMutation({
    mutationFn: ({ message, done }: { message: VoiceMessageView; done: boolean }) =>
      callRoute(messageRoutes.setDone, { params: { id: message.id }, body: { done } }),
    onSuccess: (_reply, { message, done }) =>
      tell(words(done ? 'messages.nowDone' : 'messages.nowOpen'), 'done', {
        label: words('action.undo'),
        run: () => marking.mutate({ message, done: !done }),
      }),
    ...after,
  });
  const removal = useMutation({
    mutationFn: (message: VoiceMessageView) => callRoute(messageRoutes.remove, { params: { id: message.id } }),
    onSuccess: () => tell(words('messages.removed')),
    ...after,
  });
  return {
    setDone: (message: VoiceMessageView, done: boolean): void => marking.mutate({ message, done }),
    remove: (message: VoiceMessageView): void => removal.mutate(message),
  };
}
