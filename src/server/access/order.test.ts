// Who waits for whom at the doors: one after another for an account, few at once for hashing, and so often for an address.
import { describe, expect, it } from 'vitest';
import { Buckets } from './bucket.ts';
import { ARGON2ID, Passwords } from './passwords.ts';
import { Gate, GateFull, Turns } from './turns.ts';

/** Work that ends when told. */
function work() {
  let end = (): void => undefined;
  let started = false;
  const until = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    run: async () => {
      started = true;
      await until;
    },
    end: () => end(),
    get started() {
      return started;
    },
  };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('order at the doors', () => {
  it("[T11] takes one account's tries one after another, holds up no other account, and goes on after a failure", async () => {
    const turns = new Turns();
    const [a, b, c] = [work(), work(), work()];
    const first = turns.take('anna', a.run);
    const second = turns.take('anna', b.run);
    const other = turns.take('boris', c.run);
    await settle();
    expect([a.started, b.started, c.started]).toEqual([true, false, true]);
    a.end();
    await first;
    await settle();
    expect(b.started).toBe(true);
    b.end();
    c.end();
    await Promise.all([second, other]);
    await expect(turns.take('anna', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take('anna', async () => 7)).toBe(7);
  });

  it('[T20] lets only so many wait for one account', async () => {
    const turns = new Turns();
    const all = Array.from({ length: 20 }, work);
    const running = all.map((one) => turns.take('anna', one.run));
    await expect(turns.take('anna', async () => 1)).rejects.toThrow(GateFull);
    for (const one of all) one.end();
    await Promise.all(running);
    expect(await turns.take('anna', async () => 1)).toBe(1);
  });

  it('[T20] hashes few at once, lets some wait and sends the rest away', async () => {
    const gate = new Gate(2, 1);
    const all = [work(), work(), work()];
    const running = all.map((one) => gate.pass(one.run));
    await settle();
    expect(all.map((one) => one.started)).toEqual([true, true, false]);
    await expect(gate.pass(async () => 1)).rejects.toThrow(GateFull);
    all[0]?.end();
    await running[0];
    await settle();
    expect(all[2]?.started).toBe(true);
    for (const one of all) one.end();
    await Promise.all(running);
    await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await Promise.all([1, 2].map((n) => gate.pass(async () => n)))).toEqual([1, 2]);
  });

  it('[T20] gives tokens back with time, never more than the bucket holds, also when the clock goes backwards', () => {
    const buckets = new Buckets({ burst: 3, perSecond: 1, addresses: 100 });
    const take = (at: number) => buckets.take('10.0.0.1', at);
    expect([take(0), take(0), take(0)]).toEqual([0, 0, 0]);
    expect(take(0)).toBe(1_000);
    expect(take(400)).toBe(600);
    expect(take(1_000)).toBe(0);
    expect(take(500)).toBeGreaterThan(0);
    expect([1, 2, 3, 4].map(() => take(3_600_000))).toEqual([0, 0, 0, 1_000]);
  });

  it('[T20] remembers a bounded number of addresses, and one IPv6 network as one', () => {
    const buckets = new Buckets({ burst: 1, perSecond: 0.001, addresses: 50 });
    for (let i = 0; i < 5_000; i += 1) buckets.take(`10.0.${i >> 8}.${i & 255}`, 0);
    expect(buckets.remembered).toBe(50);
    expect(buckets.take('2001:db8:1:2::1', 0)).toBe(0);
    expect(buckets.take('2001:db8:1:2:ffff:1:2:3', 0)).toBeGreaterThan(0);
    expect(buckets.take('2001:db8:1:3::1', 0)).toBe(0);
  });

  it('[T10] makes argon2id hashes of 19 MiB and two passes, and checks as long when there is none', async () => {
    const passwords = new Passwords(ARGON2ID);
    const hash = await passwords.hash('quartz ladder mossy 41');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(hash, 'quartz ladder mossy 41')).toBe(true);
    expect(await passwords.verify(hash, 'quartz ladder mossy 42')).toBe(false);
    expect(await passwords.verify(undefined, 'quartz ladder mossy 41')).toBe(false);
    // Both run the same function with the same cost: compared as the shortest of several, so that a busy machine does not decide.
    const shortest = async (known: string | undefined) => {
      const took: number[] = [];
      for (let i = 0; i < 5; i += 1) {
        const from = performance.now();
        await passwords.verify(known, 'wrong password here');
        took.push(performance.now() - from);
      }
      return Math.min(...took);
    };
    const ratio = (await shortest(hash)) / (await shortest(undefined));
    expect(ratio).toBeGreaterThan(0.2);
    expect(ratio).toBeLessThan(5);
  });
});
