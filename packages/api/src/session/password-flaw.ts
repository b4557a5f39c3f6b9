/** What people reach for first; with digits and signs around it a guesser tries it first, too. */
const commonWords =
  'passwort password kennwort geheim willkommen welcome hallo test start admin administrator user benutzer qwertz qwerty asdfgh yxcvbn iloveyou ' +
  'sommer winter herbst frühling fruehling montag freitag ' +
  'januar februar märz maerz april juni juli august september oktober november dezember ' +
  'rathaus stadt gemeinde verwaltung bürgeramt bürgerbüro buergerbuero telefon amtsleitung schalke bayern';
const words: readonly string[] = commonWords.split(' ');

const fold = (text: string): string => text.normalize('NFC').toLowerCase();
/** Years, and runs such as 123456, 987 or 1111. */
const predictableDigits = /(?:19|20)\d\d|0?123456?7?8?9?0?|9?8?7?654321|(\d)\1{2,}/g;
const leastLeft = 4;

/**
 * Why a password is no good although it is long enough: what is left without the person's own words, common ones and
 * runs of digits is hardly anything. Undefined: it is fine. (ASVS 5.0, 6.2.4 and 6.2.11)
 */
export function passwordFlaw(password: string, ownWords: readonly (string | undefined)[]): 'guessable' | undefined {
  const own = ownWords.flatMap((text) => fold(text ?? '').split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  const longestFirst = [...new Set([...own, ...words])].sort((left, right) => right.length - left.length);
  const left = longestFirst
    .reduce((text, word) => text.replaceAll(word, ''), fold(password))
    .replace(predictableDigits, '')
    .replace(/[\s!-/:-@[-`{-~]/g, '');
  return new Set(left).size < leastLeft ? 'guessable' : undefined;
}
