import { words } from '../../shared/language/words.ts';

let shown: Notification | undefined;

/** Shows a notice of the system when nobody looks at this page. Numbers stay out: notices lie around on lock screens. */
export function showCallNotice(subject: string | undefined): void {
  if (!document.hidden || !('Notification' in globalThis) || Notification.permission !== 'granted') return;
  hideCallNotice();
  shown = new Notification(subject === undefined ? words('notice.title') : words('notice.titleFor', { subject }), {
    body: words('notice.body'),
    tag: 'amtsleitung-call',
    requireInteraction: true,
  });
  shown.onclick = () => {
    globalThis.focus();
    hideCallNotice();
  };
}

export function hideCallNotice(): void {
  shown?.close();
  shown = undefined;
}
