import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { freeUdpPort } from './harness/free-port.ts';
import { House } from './harness/house.ts';
import { story } from './harness/programs.ts';
import { RunningProgram } from './harness/running-program.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { deskPhone, newDevice, town } from './harness/town.ts';

/** Where Debian's package keeps the program. */
const installed = '/usr/share/sipvicious/sipvicious';

let house: House;
beforeAll(async () => {
  house = await House.start({ topic: 'sipvicious' });
});
afterAll(() => house.tearDown());

/** A folder with the tools; disguised ones do not call themselves scanners, as an attacker's would not. */
function tools(disguised: boolean): string {
  const folder = tempFolder('sipvicious');
  onTestFinished(() => folder.remove());
  cpSync(installed, join(folder.path, 'sipvicious'), { recursive: true });
  for (const name of readdirSync(folder.path, { recursive: true, encoding: 'utf8' })) {
    if (!disguised || !name.endsWith('.py')) continue;
    const file = join(folder.path, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replaceAll('friendly-scanner', 'Deskphone T46').replaceAll(/(['"])sipvicious\1/g, '"Empfang"'),
    );
  }
  return folder.path;
}

/** Runs one of the tools to its end; all it said. */
async function run(folder: string, tool: 'svmap' | 'svwar' | 'svcrack', ...args: readonly string[]): Promise<string> {
  const where = ['-p', String(house.address.sip.udp), '-P', String(await freeUdpPort()), house.address.sip.host];
  const program = new RunningProgram('/usr/bin/python3', ['-m', `sipvicious.${tool}`, ...args, ...where], {
    cwd: folder,
    env: { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', HOME: folder },
  });
  onTestFinished(() => program.signal('SIGKILL'));
  await program.finished;
  return program.tail(200);
}

story('whoever looks for telephone systems', ['svmap'], () => {
  it('gets no answer at all when the tool names itself', async () => {
    expect(await run(tools(false), 'svmap')).toContain('found nothing');
  });

  it('learns no product and no version', async () => {
    const folder = tools(true);
    for (const method of ['OPTIONS', 'REGISTER', 'INVITE']) {
      const said = await run(folder, 'svmap', '-m', method);
      expect(said, method).toMatch(/:\d+ +\| unknown/);
      expect(said, method).not.toMatch(/amtsleitung|node|kamailio/i);
    }
  });

  it('finds no extension, by whatever method', async () => {
    const folder = tools(true);
    const { user } = await newDevice(house, town.mira.name);
    const dictionary = join(folder, 'users.txt');
    writeFileSync(dictionary, ['120', '121', '125', 'nobody', user, 'mira.meldewesen'].join('\n'));
    for (const method of ['REGISTER', 'INVITE']) {
      // It gives up by itself: a name that nobody has gets the very same challenge.
      const said = await run(folder, 'svwar', '-m', method, '-d', dictionary);
      expect(said, method).toContain('authentication request for an unknown extension');
      expect(said, method).toContain('found nothing');
    }
    expect(await run(folder, 'svwar', '-m', 'OPTIONS', '-d', dictionary)).toContain('found nothing');
  });

  it('guesses passwords ten times, while the phone and its colleague work on', async () => {
    const folder = tools(true);
    const account = await newDevice(house, town.pia.name);
    const phone = await deskPhone(house, town.pia.name, { account });
    const dictionary = join(folder, 'passwords.txt');
    // The right one is among them, beyond what anybody gets to try.
    const guesses = Array.from({ length: 200 }, (_, place) => (place === 60 ? account.password : `guess-${place}`));
    writeFileSync(dictionary, guesses.join('\n'));
    const said = await run(folder, 'svcrack', '-u', account.user, '-d', dictionary);
    expect(said).toContain('found nothing');
    expect(house.lines.some((line) => line.includes('Too many wrong passwords'))).toBe(true);
    await phone.mustRegister();
    await deskPhone(house, town.ute.name);
  });
});
