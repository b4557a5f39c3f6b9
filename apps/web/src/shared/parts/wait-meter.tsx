import './wait-meter.css';
import type { CSSProperties } from 'react';
import { waitLook } from './wait-look.ts';

interface WaitMeterProps {
  readonly waitedMilliseconds: number;
  readonly promiseSeconds: number;
}

/** A wait drawn against its promise: the tick stands at a quarter, the bar is full at four times the promise. */
export function WaitMeter({ waitedMilliseconds, promiseSeconds }: WaitMeterProps) {
  const share = Math.min(100, (waitedMilliseconds / (promiseSeconds * 4000)) * 100);
  return (
    <span
      className={`al-wait is-${waitLook(waitedMilliseconds, promiseSeconds)}`}
      style={{ '--v': `${String(share)}%` } as CSSProperties}
      aria-hidden="true"
    >
      <i />
    </span>
  );
}
