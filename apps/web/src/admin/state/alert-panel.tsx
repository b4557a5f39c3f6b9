import { rightsRoutes, type AlertView } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { callRoute } from '../../shared/api/api-client.ts';
import { problemSentence } from '../../shared/api/api-problem.ts';
import { useFormats } from '../../shared/format/use-formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { useLive } from '../../shared/live/live-store.ts';
import { Empty, Note } from '../../shared/parts/message.tsx';
import { Panel } from '../../shared/parts/panel.tsx';
import { useNow } from '../../shared/time/wall-clock.ts';

/** Limits that were reached and PINs somebody tried to guess; pushed, so that it is never old. */
export function AlertPanel() {
  const w = useWords();
  const { alertsVersion } = useLive();
  const { data, error, isPending } = useQuery({
    queryKey: ['alerts', alertsVersion],
    queryFn: () => callRoute(rightsRoutes.alerts, {}),
    placeholderData: (before) => before,
  });
  return (
    <Panel title={w('alert.title')} busy={isPending}>
      {error !== null && (
        <Note look="late" icon="warning">
          {problemSentence(error, w)}
        </Note>
      )}
      {data?.alerts.length === 0 && <Empty icon="check_circle" title={w('alert.none')} />}
      {data !== undefined && data.alerts.length > 0 && <AlertTable alerts={data.alerts} />}
    </Panel>
  );
}

function AlertTable({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const w = useWords();
  const formats = useFormats();
  const now = useNow();
  return (
    <table className="al-table">
      <thead>
        <tr>
          <th scope="col">{w('alert.when')}</th>
          <th scope="col">{w('alert.what')}</th>
          <th scope="col">{w('alert.who')}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map(({ id, at, kind, limit, name }) => (
          <tr key={id}>
            <td className="al-num">{formats.dayAndTime(at, now)}</td>
            <td>{w(kind === 'limit-reached' ? `alert.${limit ?? 'daily-cents'}` : 'alert.pin-locked')}</td>
            <td>{name === '' ? w('alert.gone') : name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
