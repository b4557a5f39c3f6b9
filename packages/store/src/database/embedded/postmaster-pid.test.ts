import { describe, expect, it } from 'vitest';
import { findPostmaster, parsePostmasterPid } from './postmaster-pid.ts';
import { parsePasswd } from './server-user.ts';

const running = '4711\n/data/database\n1795000000\n5432\n/data/run\n\n  131073 3\nready   \n';

describe('postmaster.pid', () => {
  it('tells process, socket folder and state', () => {
    expect(parsePostmasterPid(running)).toEqual({ pid: 4711, socketFolder: '/data/run', ready: true });
    expect(parsePostmasterPid(running.replace('ready   ', 'starting'))).toMatchObject({ ready: false });
    expect(parsePostmasterPid('4711\n')).toEqual({ pid: 4711, socketFolder: '', ready: false });
  });

  it.each(['', '\n', 'x', '-4711', '0', '1', '4711.5'])('means nothing when it holds %j', (text) => {
    expect(parsePostmasterPid(text)).toBeUndefined();
  });

  it('that is missing means there is no server', async () => {
    expect(await findPostmaster('/nowhere')).toBeUndefined();
  });
});

describe('/etc/passwd', () => {
  it('names the users', () => {
    const text = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n\nbroken\n';
    expect(parsePasswd(text)).toEqual([
      { name: 'root', uid: 0, gid: 0 },
      { name: 'nobody', uid: 65534, gid: 65534 },
    ]);
  });
});
