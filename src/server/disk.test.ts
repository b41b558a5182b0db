// What the keeper of the disk sees, does and refuses, on a volume in memory.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryBoxDisk } from '../adapters/disk/memory/disk.ts';
import { changeOf, DiskKeeper, type DiskState, reserveFor, stateOf } from './disk.ts';

const WANTED = 240;
const ORDER: readonly DiskState[] = ['full', 'reserve', 'low', 'fine'];

async function settled(keeper: DiskKeeper, looks = 60): Promise<DiskState> {
  for (let i = 0; i < looks; i++) await keeper.look();
  return keeper.sight.state;
}

describe('the keeper of the disk', () => {
  it('[R45] reserves two hours of ten voices and of the log', () => {
    expect(reserveFor(10)).toBeGreaterThan(2 * 60 * 60 * 10 * 4_400);
    expect(reserveFor(10)).toBeLessThan(500_000_000);
  });

  it('[R45] builds the reserve up, gives it back piece by piece when all else is used, and builds it up again', async () => {
    const disk = new MemoryBoxDisk(2_000);
    const keeper = new DiskKeeper(disk, WANTED);
    expect(await settled(keeper)).toBe('fine');
    expect(disk.reserveBytes).toBe(WANTED);
    disk.freeBytes = 500;
    expect(await settled(keeper, 1)).toBe('low');
    disk.freeBytes = 0;
    expect(await settled(keeper, 3)).toBe('reserve');
    expect(disk.reserveBytes).toBe(WANTED - 10);
    // A recorder that writes on: all of it is used, and no more.
    for (let i = 0; i < 300 && disk.freeBytes > 0; i++) {
      disk.freeBytes -= Math.min(5, disk.freeBytes);
      await keeper.look();
    }
    expect(disk.reserveBytes).toBe(0);
    expect(await settled(keeper)).toBe('full');
    disk.freeBytes = 2_000;
    expect(await settled(keeper)).toBe('fine');
    expect(disk.reserveBytes).toBe(WANTED);
  });

  it('[R45] never turns worse with more room, and neither takes the last room nor gives more than it has', () => {
    const bytes = fc.nat(2_000);
    fc.assert(
      fc.property(bytes, bytes, fc.integer({ min: 0, max: WANTED }), (a, b, reserveBytes) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const at = (freeBytes: number) => ORDER.indexOf(stateOf({ freeBytes, reserveBytes }, WANTED));
        expect(at(more)).toBeGreaterThanOrEqual(at(less));
        const change = changeOf({ freeBytes: a, reserveBytes }, WANTED);
        expect(change).toBeGreaterThanOrEqual(-reserveBytes);
        expect(reserveBytes + change).toBeLessThanOrEqual(WANTED);
        if (change > 0) expect(a - change).toBeGreaterThanOrEqual(WANTED / 8);
      }),
    );
  });

  it('[R48] lets exercises wait, and incidents only while a call needs what is left', async () => {
    const disk = new MemoryBoxDisk(2_000);
    const keeper = new DiskKeeper(disk, WANTED);
    await settled(keeper);
    const asks = [
      { exercise: true, callsGoOn: false },
      { exercise: false, callsGoOn: true },
      { exercise: false, callsGoOn: false },
    ];
    expect(asks.map((one) => keeper.refusal(one))).toEqual([null, null, null]);
    disk.freeBytes = 0;
    await settled(keeper, 2);
    expect(asks.map((one) => keeper.refusal(one)?.rule)).toEqual(['R48', 'R48', undefined]);
  });

  it('[R49] says that the disk does not answer, and that it does again', async () => {
    const disk = new MemoryBoxDisk(2_000);
    const keeper = new DiskKeeper(disk, WANTED);
    await settled(keeper);
    let answer: () => void = () => undefined;
    const look = disk.look.bind(disk);
    disk.look = () => new Promise((resolve) => (answer = () => resolve(look())));
    const hung = keeper.look();
    for (let i = 0; i < 12; i++) await keeper.look();
    expect(keeper.sight.state).toBe('silent');
    disk.look = look;
    answer();
    await hung;
    expect(keeper.sight.state).toBe('fine');
  });
});
