import { certificateRoutes, type CertificateView } from '@amtsleitung/contract';
import { useQuery } from '@tanstack/react-query';
import { callRoute } from '../../shared/api/api-client.ts';
import { calendarDay } from '../../shared/format/formats.ts';
import { useFormats } from '../../shared/format/use-formats.ts';
import { useWords } from '../../shared/language/words.ts';
import { Empty, Note, StateWord, Tag } from '../../shared/parts/message.tsx';
import { Panel } from '../../shared/parts/panel.tsx';
import { useNow } from '../../shared/time/wall-clock.ts';
import { certificateLook } from './certificate-look.ts';

/** What this house shows to browsers and phones, and when it runs out. */
export function CertificatePanel() {
  const w = useWords();
  const now = useNow();
  const { data } = useQuery({
    queryKey: ['certificates'],
    queryFn: () => callRoute(certificateRoutes.list, {}),
    refetchInterval: 60 * 60_000,
  });
  const certificates = data?.certificates ?? [];
  const isDue = certificates.some((one) => certificateLook(one.expiresAt, now).look !== 'live');
  return (
    <Panel title={w('state.certificates')} busy={data === undefined}>
      {data !== undefined && certificates.length === 0 && <Empty icon="key" title={w('state.noCertificates')} />}
      {isDue && (
        <Note look="late" icon="warning">
          {w('certificate.renew')}
        </Note>
      )}
      {certificates.length > 0 && <CertificateTable certificates={certificates} />}
    </Panel>
  );
}

function CertificateTable({ certificates }: { readonly certificates: readonly CertificateView[] }) {
  const w = useWords();
  const now = useNow();
  const { language } = useFormats();
  return (
    <table className="al-table">
      <thead>
        <tr>
          <th scope="col">{w('certificate.use')}</th>
          <th scope="col" className="al-wide">
            {w('certificate.names')}
          </th>
          <th scope="col">{w('certificate.until')}</th>
        </tr>
      </thead>
      <tbody>
        {certificates.map(({ use, names, expiresAt, selfSigned }) => {
          const { look, icon, word, days } = certificateLook(expiresAt, now);
          return (
            <tr key={use}>
              <td>
                {w(`certificate.${use}`)} {selfSigned && <Tag>{w('certificate.selfSigned')}</Tag>}
              </td>
              <td className="al-wide">{names.join(', ')}</td>
              <td>
                <span className="al-num">{calendarDay(new Date(expiresAt).toISOString().slice(0, 10), language)}</span>{' '}
                <StateWord look={look} icon={icon}>
                  {w(word, { days })}
                </StateWord>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
