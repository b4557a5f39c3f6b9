import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { startLive, stopLive, useLive, useLiveLine } from '../../shared/live/live-store.ts';

/** Connects this tab to the house as long as somebody is signed in: pushed state, and the browser phone. */
export function useHouse(): void {
  const client = useQueryClient();
  const { callsVersion, messagesVersion } = useLive();
  const line = useLiveLine();

  useEffect(() => {
    let ended = false;
    let close: (() => void) | undefined;
    startLive();
    void import('../../phone/sip/sip-phone.ts').then(({ startSipPhone }) => {
      if (ended) return;
      const phone = startSipPhone();
      close = () => void phone.close();
    });
    return () => {
      ended = true;
      close?.();
      stopLive();
    };
  }, []);

  useEffect(() => {
    if (callsVersion > 0) void client.invalidateQueries({ queryKey: ['calls'] });
  }, [client, callsVersion]);
  useEffect(() => {
    if (messagesVersion > 0) void client.invalidateQueries({ queryKey: ['messages'] });
  }, [client, messagesVersion]);
  // A line that breaks may mean that the session is over.
  useEffect(() => {
    if (line.kind === 'broken') void client.invalidateQueries({ queryKey: ['session'] });
  }, [client, line]);
}
