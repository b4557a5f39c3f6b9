import type { Language } from '../language/words.ts';

const two = (value: number): string => String(value).padStart(2, '0');
/** Narrow no-break space: between a number and its unit (DIN 5008). */
const thin = '\u202f';

/** `00:48`, from one hour `1:04:09`. Never negative. */
export function runningTime(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  return hours === 0 ? `${two(minutes)}:${two(total % 60)}` : `${String(hours)}:${two(minutes)}:${two(total % 60)}`;
}

/** Finished duration in tables: `3:48`. */
export function finishedTime(milliseconds: number): string {
  const total = Math.max(0, Math.round(milliseconds / 1000));
  return `${String(Math.floor(total / 60))}:${two(total % 60)}`;
}

const sameDay = (left: Date, right: Date): boolean =>
  left.getFullYear() === right.getFullYear() &&
  left.getMonth() === right.getMonth() &&
  left.getDate() === right.getDate();

const locale = (language: Language): string => (language === 'de' ? 'de-DE' : 'en-GB');

/** `10:42` */
export const clockTime = (at: number): string => {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
};

/** `10:41:04` */
export const exactTime = (at: number): string => `${clockTime(at)}:${two(new Date(at).getSeconds())}`;

const dayWords = { de: { today: 'heute', yesterday: 'gestern' }, en: { today: 'today', yesterday: 'yesterday' } };

/** `heute, 10:31`, `gestern, 16:05`, `Di., 17.11., 09:30`, with the year when it differs. */
export function dayAndTime(at: number, now: number, language: Language): string {
  const day = new Date(at);
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (sameDay(day, today)) return `${dayWords[language].today}, ${clockTime(at)}`;
  if (sameDay(day, yesterday)) return `${dayWords[language].yesterday}, ${clockTime(at)}`;
  const weekday = new Intl.DateTimeFormat(locale(language), { weekday: 'short' }).format(day).replace(/\.$/, '');
  const sameYear = day.getFullYear() === today.getFullYear();
  const date =
    language === 'de'
      ? `${two(day.getDate())}.${two(day.getMonth() + 1)}.${sameYear ? '' : String(day.getFullYear())}`
      : new Intl.DateTimeFormat('en-GB', {
          day: 'numeric',
          month: 'short',
          ...(sameYear ? {} : { year: 'numeric' }),
        }).format(day);
  return `${weekday}${language === 'de' ? '.' : ''}, ${date}, ${clockTime(at)}`;
}

/** `Freitag, 20. November` */
export const longDay = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

/** `2026-12-24` → `24.12.2026` */
export const calendarDay = (date: string, language: Language): string => {
  const [year = '', month = '', day = ''] = date.split('-');
  return language === 'de' ? `${day}.${month}.${year}` : `${day}/${month}/${year}`;
};

/** `76 %` */
export const percent = (value: number): string => `${String(Math.round(value))}${thin}%`;

/** `3.000` */
export const count = (value: number, language: Language): string =>
  new Intl.NumberFormat(locale(language)).format(value);

/** Inside the house only the extension is written: `-122`. */
export const extensionText = (extension: string): string => `-${extension}`;

/** A number as a voice should read it: `0 1 7 1, 3 9 2 0 0 4 2`. Names stay as they are. */
export const spokenNumber = (written: string): string =>
  /^[+\d][\d\s-]*$/.test(written)
    ? written
        .split(/[\s-]+/)
        .map((group) => group.split('').join(' '))
        .join(', ')
    : written;

/** `MM` for Mira Meldewesen. */
export const initials = (name: string): string => {
  const parts = name.trim().split(/\s+/);
  return `${parts.at(0)?.charAt(0) ?? ''}${parts.length > 1 ? (parts.at(-1)?.charAt(0) ?? '') : ''}`.toUpperCase();
};
