import type { StoreError, StoreErrorKind } from '@amtsleitung/store';

const sentences: Readonly<Record<StoreErrorKind, (about: string) => string>> = {
  'folder-not-writable': (folder) =>
    `Der Ordner ${folder} ist nicht beschreibbar: Geben Sie ihn mit allem darin dem Benutzer, der startet, oder wählen Sie mit --data einen anderen.`,
  'no-binary': (system) =>
    `Die eingebaute Datenbank gibt es für dieses System (${system}) nicht: Setzen Sie DATABASE_URL auf ein vorhandenes PostgreSQL.`,
  'start-failed': (reason) =>
    `Die Datenbank lässt sich nicht öffnen (${reason}): Sehen Sie im Datenordner unter database/log nach.`,
  'newer-version': (what) =>
    `Die Daten stammen von einer neueren Version (${what}): Starten Sie diese oder spielen Sie eine ältere Sicherung in einen leeren Ordner zurück.`,
  'wrong-password': () => 'Die Datenbank weist Benutzername oder Kennwort ab: Prüfen Sie DATABASE_URL.',
  unreachable: (code) =>
    `Die Datenbank ist nicht erreichbar${code ? ` (${code})` : ''}: Prüfen Sie DATABASE_URL und ob der Datenbankserver läuft.`,
  'server-too-old': (version) =>
    `Der Datenbankserver ist zu alt (Version ${version}): Nötig ist PostgreSQL 15 oder neuer.`,
  locked: (folder) =>
    `Auf den Daten von ${folder} läuft schon ein Server: Beenden Sie ihn zuerst („npm run stop“) oder wählen Sie mit --data einen anderen Ordner.`,
  'not-empty': (folder) => `Das Ziel ${folder} ist nicht leer: Wählen Sie mit --data einen leeren Ordner.`,
  damaged: (path) =>
    `${path} ist beschädigt oder unvollständig: Spielen Sie eine andere Sicherung zurück, verändert wurde nichts.`,
  'disk-full': (path) =>
    `Auf dem Datenträger ist kein Platz mehr (${path}): Schaffen Sie Platz und versuchen Sie es erneut.`,
  'other-schema': (folder) =>
    `Die Daten in ${folder} sind von einer anderen Version: Starten Sie das Haus einmal mit dieser.`,
  'no-right': () =>
    'Der Datenbankbenutzer darf keine Tabellen anlegen: Geben Sie ihm das Recht CREATE auf dem Schema public.',
  'no-such-database': () =>
    'Die in DATABASE_URL genannte Datenbank gibt es nicht: Legen Sie sie auf dem Server mit CREATE DATABASE an.',
  'backup-not-written': (path) =>
    `Die Sicherung ${path} lässt sich nicht schreiben: Nennen Sie mit --to eine Datei in einem beschreibbaren Ordner.`,
  'backup-unreadable': (path) =>
    `Die Sicherung ${path} ist nicht lesbar: Prüfen Sie den Namen und ob dieser Benutzer sie lesen darf.`,
};

/** One German sentence with the remedy. */
export const storeSentence = (error: StoreError): string => sentences[error.kind](error.about ?? '');
