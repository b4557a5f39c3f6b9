/** Why a string must not become an extension. */
export type ExtensionFlaw = 'not-digits' | 'starts-with-emergency' | 'hides-service-number';

/**
 * Undefined when `extension` may be assigned. An extension that begins with 110 or 112 could swallow an emergency call;
 * 116xxx and 118xx would hide the service behind that number (115 may be the house's own).
 */
export function extensionFlaw(extension: string): ExtensionFlaw | undefined {
  if (!/^[0-9]{1,6}$/.test(extension)) return 'not-digits';
  if (/^11[02]/.test(extension)) return 'starts-with-emergency';
  if (/^(?:116[0-9]{3}|118[0-9]{2,3})$/.test(extension)) return 'hides-service-number';
  return undefined;
}
