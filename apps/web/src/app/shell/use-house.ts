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
    let leave: (() => void) | undefined;
    startLive();
    void import('../../phone/tabs/start-phone.ts').then(({ startPhone }) => {
      if (ended) return;
      leave = startPhone();
    });
    return () => {
      ended = true;
      leave?.();
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
