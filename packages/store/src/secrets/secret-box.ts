import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';

const fileName = 'secret.key';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const prefix = 'sealed:v1:';

/**
 * Seals what must be kept readable for us and for nobody who only has the database: AES-256-GCM with a key in the data
 * folder. Each secret is bound to its record, so that one cannot be moved to another.
 */
export class SecretBox {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== keyBytes) throw new Error('a key has 32 bytes');
    this.#key = key;
  }

  static isSealed(text: string): boolean {
    return text.startsWith(prefix);
  }

  seal(secret: string, recordId: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(recordId));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return prefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Undefined: sealed with another key, for another record, or damaged. What was never sealed comes back as it is. */
  open(text: string, recordId: string): string | undefined {
    if (!SecretBox.isSealed(text)) return text;
    const bytes = Buffer.from(text.slice(prefix.length), 'base64url');
    try {
      const [iv, tag] = [bytes.subarray(0, ivBytes), bytes.subarray(ivBytes, ivBytes + tagBytes)];
      const cipher = createDecipheriv('aes-256-gcm', this.#key, iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(recordId)).setAuthTag(tag);
      return cipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + cipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}

/** The house's key, made with the first use. Throws `StoreError` when the file is there but holds no key. */
export async function openSecretBox(dataFolder: string): Promise<SecretBox> {
  return new SecretBox(await houseKey(dataFolder));
}

/** The key itself, for a backup. */
export async function houseKey(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, fileName);
  await makeKey(path);
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length === keyBytes) return key;
  throw new StoreError(
    'damaged',
    `The key ${path} is damaged`,
    'put the right file back; without it move it away and enter the passwords of all trunks again',
    { about: path },
  );
}

/** The key of a backup, for a folder whose own key has sealed nothing yet. */
export const replaceKey = (dataFolder: string, key: string): Promise<void> =>
  writeFile(join(dataFolder, fileName), `${key}\n`, { mode: 0o600, flush: true });

/** Puts a key where there is none yet; only its owner may read it. */
async function makeKey(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    const text = `${randomBytes(keyBytes).toString('base64')}\n`;
    const written = file.writeFile(text).then(() => file.sync());
    await written.finally(() => file.close());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
