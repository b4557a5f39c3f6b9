/** Languages of screens and announcements. */
export type Language = 'de' | 'en';
