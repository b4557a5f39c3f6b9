import { alertText, statusText } from '../announce/announcer.ts';
import { useStore } from '../look/store.ts';

/** The two regions voices listen to: ringing interrupts, own results wait. */
export function LiveRegions() {
  return (
    <>
      <div role="alert" className="kern-sr-only">
        {useStore(alertText)}
      </div>
      <div role="status" aria-live="polite" className="kern-sr-only">
        {useStore(statusText)}
      </div>
    </>
  );
}
