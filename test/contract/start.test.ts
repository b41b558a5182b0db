// `npm start` as a person has it: the server is killed in a call and comes back by itself; an orderly end ends everything.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Parley, startParley } from '../e2e/kit/parley.ts';
import { isAlive, waitFor } from '../e2e/kit/process.ts';
import { run } from '../e2e/kit/run.ts';
import { type CallerProcess, openDesk, type Room, startCaller } from './caller-desk.ts';

const BACK_WITHIN_MS = 3_000;

describe('parley start', () => {
  let parley: Parley;
  let room: Room;
  let caller: CallerProcess;

  const serverPid = async (): Promise<number | undefined> => {
    const answer = await fetch(`${parley.url}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    return answer?.ok ? ((await answer.json()) as { pid: number }).pid : undefined;
  };

  beforeAll(async () => {
    parley = await startParley({ entry: 'dist/cli.js' });
    const desk = await openDesk(parley);
    room = await desk.openIncident();
    const { lineId, url } = await room.makeLink();
    caller = startCaller(['--url', url, '--tone', '440']);
    await room.letIn(lineId);
    await caller.until('sound');
  }, 60_000);

  afterAll(async () => {
    caller?.signal('SIGKILL');
    room?.close();
    await parley?.stop();
  }, 30_000);

  it('[N100] serves again by itself within three seconds of a kill, with the same worker, and the call goes on', async () => {
    const workers = await parley.workers();
    const times: number[] = [];
    for (let kills = 1; kills <= 2; kills++) {
      const killed = await serverPid();
      if (killed === undefined) throw new Error('no server');
      const killedMs = performance.now();
      process.kill(killed, 'SIGKILL');
      await waitFor('another server', async () => ![undefined, killed].includes(await serverPid()), { withinMs: 15_000 });
      times.push(performance.now() - killedMs);
      await caller.until('lost', { is: (one) => one['what'] === 'socket' });
      await waitFor('admitted again', () => caller.printed.filter((one) => one.event === 'admitted').length === kills + 1, {
        withinMs: 15_000,
      });
      await waitFor('it says so', () => parley.output().includes(`Crashes so far: ${kills}.`), { withinMs: 2_000 });
    }
    console.log(`killed: healthy again after ${times.map((ms) => `${ms.toFixed(0)} ms`).join(', ')}`);
    expect(Math.max(...times)).toBeLessThan(BACK_WITHIN_MS);
    expect(await parley.workers()).toEqual(workers);
    expect(caller.printed.filter((one) => one.event === 'lost' && one['what'] === 'sound')).toEqual([]);
  }, 60_000);

  it('[T61] keeps store, secrets and recordings from other users of the machine', async () => {
    const found = (await readdir(parley.data, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    expect(found.length).toBeGreaterThan(2);
    for (const one of found) expect((await stat(join(one.parentPath, one.name))).mode & 0o077, one.name).toBe(0);
    expect((await stat(parley.data)).mode & 0o007).toBe(0);
  });

  it('[N101] SIGTERM ends the server, its workers and itself', async () => {
    const all = [parley.pid, (await serverPid()) ?? -1, ...(await parley.workers())];
    expect(all.length).toBe(3);
    await parley.term();
    for (const pid of all) await waitFor(`the end of ${pid}`, async () => !(await isAlive(pid)), { withinMs: 5_000 });
    expect(parley.output()).not.toContain('Crashes so far: 3');
  }, 30_000);

  it('[N101] a setting that cannot be used is told once and nothing is tried again', async () => {
    const { code, stderr } = await run('env', ['PARLEY_PORT=many', process.execPath, 'dist/cli.js'], 15_000);
    expect(code).toBe(78);
    expect(stderr.match(/PARLEY_PORT is "many"/g)).toHaveLength(1);
  }, 20_000);

  it('[N103] the server lets go when whoever started it is killed, and the call goes on with the next', async () => {
    await parley.restart();
    const server = (await serverPid()) ?? -1;
    await parley.kill9();
    await waitFor('the end of the server', async () => !(await isAlive(server)), { withinMs: 5_000 });
    await parley.restart();
    expect(await serverPid()).not.toBe(server);
  }, 40_000);
});
