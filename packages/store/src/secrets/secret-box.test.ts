import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openSecretBox, SecretBox } from './secret-box.ts';

const box = new SecretBox(Buffer.alloc(32, 7));

describe('a sealed secret', () => {
  it('opens again with the same key for the same record only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.uuid(), (secret, id) => {
        const sealed = box.seal(secret, id);
        expect(box.open(sealed, id)).toBe(secret);
        expect(box.open(sealed, `${id}0`)).toBeUndefined();
        expect(new SecretBox(Buffer.alloc(32, 8)).open(sealed, id)).toBeUndefined();
      }),
    );
  });

  it('shows nothing and is never the same twice', () => {
    const sealed = box.seal('Leitung-geheim', 't');
    expect(sealed).not.toContain('geheim');
    expect(box.seal('Leitung-geheim', 't')).not.toBe(sealed);
  });

  it('that was changed or cut does not open', () => {
    const sealed = box.seal('x'.repeat(40), 't');
    const end = sealed.endsWith('A') ? 'B' : 'A';
    for (const wrong of [`${sealed.slice(0, -1)}${end}`, sealed.slice(0, 20), 'sealed:v1:']) {
      expect(box.open(wrong, 't')).toBeUndefined();
    }
  });
});

describe('the key', () => {
  it('is made once, for its owner alone, and refused when damaged', async () => {
    const folder = await temporaryFolder();
    const sealed = (await openSecretBox(folder.path)).seal('a', 't');
    expect((await openSecretBox(folder.path)).open(sealed, 't')).toBe('a');
    const path = join(folder.path, 'secret.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeFile(path, 'kurz');
    await expect(openSecretBox(folder.path)).rejects.toMatchObject({ kind: 'damaged' });
    await folder.remove();
  });
});
