import type { StoreError, StoreErrorKind } from '@amtsleitung/store';

const sentences: Readonly<Record<StoreErrorKind, string>> = {
  'folder-not-writable': 'Der Ordner ist für diesen Benutzer nicht beschreibbar.',
  'no-binary':
    'Die eingebaute Datenbank gibt es für dieses System nicht; setzen Sie DATABASE_URL auf ein vorhandenes PostgreSQL.',
  'start-failed': 'Die eingebaute Datenbank startet nicht.',
  'newer-version':
    'Die Daten stammen von einer neueren Version; starten Sie diese oder spielen Sie eine Sicherung zurück.',
  'wrong-password': 'Die Datenbank weist Benutzername oder Kennwort ab; prüfen Sie DATABASE_URL.',
  unreachable: 'Die Datenbank ist nicht erreichbar; prüfen Sie DATABASE_URL.',
  'server-too-old': 'Der Datenbankserver ist zu alt; nötig ist PostgreSQL 15 oder neuer.',
  locked: 'Auf diesen Daten läuft schon ein Server; beenden Sie ihn zuerst („npm run stop“).',
  'not-empty': 'Das Ziel ist nicht leer; wählen Sie mit --data einen leeren Ordner.',
  damaged: 'Die Datei ist beschädigt oder nicht lesbar; es wurde nichts verändert.',
};

/** One German sentence with the remedy, and the exact cause for whoever looks further. */
export const storeSentence = (error: StoreError): string => `${sentences[error.kind]} (${error.message})`;
