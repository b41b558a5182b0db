// The jail of pictures as it is built: true pictures come out made anew, hostile ones are refused in time, and a hostile program gets nowhere.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inJail, type JailLimits } from '../../src/adapters/pictures/jail/jail.ts';
import { openJailedPictures } from '../../src/adapters/pictures/jail/pictures.ts';
import { PictureFault, type PictureKind } from '../../src/ports/pictures.ts';
import { TEST_CARD, withNotes } from '../pictures-kit.ts';

const pictures = openJailedPictures(resolve('dist/picture.js'));
const folder = mkdtempSync(join(tmpdir(), 'parley-jail-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function* of(...pieces: readonly Uint8Array[]) {
  yield* pieces;
}
const view = (kind: PictureKind, bytes: Buffer, mostEdge = 2_048) => pictures.view(of(bytes), { kind, mostEdge });

/** Kinds of part that a JPEG has before its pixels. */
function partsOf(jpeg: Uint8Array): readonly number[] {
  const parts: number[] = [];
  const all = Buffer.from(jpeg);
  for (let at = 2; all[at] === 0xff && all[at + 1] !== 0xda; at += 2 + all.readUInt16BE(at + 2)) parts.push(all[at + 1] ?? 0);
  return parts;
}
/** JFIF's own head, tables, the frame. Neither a note (E1 to EF) nor a comment (FE). */
const PLAIN_PARTS = [0xe0, 0xdb, 0xc0, 0xc4];

describe('true pictures', () => {
  it.each(Object.keys(TEST_CARD) as PictureKind[])('[T45] a %s comes out as a JPEG of its size', async (kind) => {
    const { jpeg, width, height } = await view(kind, TEST_CARD[kind]);
    expect([width, height]).toEqual([40, 30]);
    expect(partsOf(jpeg).filter((part) => !PLAIN_PARTS.includes(part))).toEqual([]);
    // What was made is a picture that can be read again, and made smaller.
    expect(await view('jpeg', Buffer.from(jpeg), 20)).toMatchObject({ width: 20, height: 15 });
  });

  it('[T45] nothing of the notes comes out, and the picture stands upright', async () => {
    const noted = withNotes(TEST_CARD.jpeg, 'MILL-LANE-4');
    expect(noted.includes('MILL-LANE-4')).toBe(true);
    const { jpeg, width, height } = await view('jpeg', noted);
    expect([width, height]).toEqual([30, 40]);
    expect(Buffer.from(jpeg).includes('MILL-LANE-4')).toBe(false);
    expect(partsOf(jpeg).filter((part) => !PLAIN_PARTS.includes(part))).toEqual([]);
  });
});

const { jpeg, png, webp } = TEST_CARD;
const patched = (bytes: Buffer, at: number, ...by: readonly number[]) => {
  const copy = Buffer.from(bytes);
  copy.set(by, at);
  return copy;
};
const HOSTILE: readonly (readonly [string, PictureKind, Buffer])[] = [
  ['a JPEG that ends in its head', 'jpeg', jpeg.subarray(0, 200)],
  ['a JPEG of tables that are not there', 'jpeg', patched(jpeg, jpeg.indexOf(Buffer.from([0xff, 0xdb])), 0xff, 0xfe)],
  ['a PNG that breaks off', 'png', png.subarray(0, 120)],
  ['a PNG whose head lies about its size', 'png', patched(png, 16, 0, 0, 0x18, 0)],
  ['a WebP that breaks off', 'webp', webp.subarray(0, 40)],
  ['a WebP that says it is a JPEG', 'jpeg', webp],
  ['nothing', 'png', Buffer.alloc(0)],
  ['noise', 'webp', Buffer.alloc(50_000, 0x5a)],
];

describe('hostile pictures', () => {
  // Time is the processor's to give: a crowded machine may be late once.
  it.each(HOSTILE)('[T48] %s is refused within two seconds', { retry: 2 }, async (_, kind, bytes) => {
    const from = performance.now();
    await expect(view(kind, bytes)).rejects.toBeInstanceOf(PictureFault);
    expect(performance.now() - from).toBeLessThan(2_000);
  });
});

const LIMITS: JailLimits = { wallMs: 10_000, cpuS: 5, memoryBytes: 900 * 1024 * 1024, mostOutBytes: 100_000 };

/** A program that does its worst. It says that it is ready, hears a byte, then runs `body`, in which `say` answers. */
function program(name: string, body: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `import * as fs from 'node:fs'; import * as net from 'node:net'; import { spawnSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
const say = (what) => fs.writeSync(1, JSON.stringify(what));
const tried = (what) => { try { what(); return 'DONE'; } catch (error) { return error.code ?? error.name; } };
fs.writeSync(1, '!'); fs.readSync(0, Buffer.alloc(1));
${body}`,
  );
  return path;
}
const run = (path: string, limits: Partial<JailLimits> = {}) =>
  inJail({ program: path, args: [], input: of(Buffer.from('x')) }, { ...LIMITS, ...limits });
const answer = async (name: string, body: string) => JSON.parse(Buffer.from(await run(program(name, body))).toString()) as unknown;

/** True while a process runs this program. */
function isRunning(path: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(path);
      } catch {
        return false; // it ended meanwhile
      }
    });
}

describe.runIf(process.platform === 'linux')('a hostile program in the jail', () => {
  it('[T46] finds no environment', async () => {
    // The shell between gives its own folder and the like; nothing of ours.
    expect(await answer('env', 'say(Object.keys(process.env).filter((name) => !["PWD", "SHLVL", "_", "OLDPWD"].includes(name)))')).toEqual(
      [],
    );
  });

  it('[T46] reads no file, writes none, and starts neither program nor thread', async () => {
    const secret = join(folder, 'secret.txt');
    writeFileSync(secret, 'x');
    const said = await answer(
      'files',
      `say([tried(() => fs.readFileSync(${JSON.stringify(secret)})), tried(() => fs.readFileSync('/etc/passwd')),
        tried(() => fs.readdirSync('/')), tried(() => fs.writeFileSync(${JSON.stringify(join(folder, 'out'))}, 'x')),
        tried(() => { const { error } = spawnSync('/bin/true'); if (error) throw error; }),
        tried(() => new Worker('1', { eval: true }))])`,
    );
    expect(said).not.toContain('DONE');
    expect(readdirSync(folder)).not.toContain('out');
  });

  it('[T46] reaches nobody on the network', async () => {
    const came: string[] = [];
    const server = createServer((socket) => {
      came.push('somebody');
      socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    try {
      const said = await answer(
        'net',
        `const s = net.connect(${port}, '127.0.0.1'); s.on('connect', () => { say('DONE'); process.exit(0); }); s.on('error', (e) => say(e.code));`,
      );
      expect(said).toBe('EMFILE');
      expect(came).toEqual([]);
    } finally {
      server.close();
    }
  });

  const OVER: readonly (readonly [string, string, Partial<JailLimits>])[] = [
    ['on the wall', 'setInterval(() => {}, 1000);', { wallMs: 700 }],
    ['of the processor', 'for (;;) {}', { cpuS: 1 }],
    ['of memory', 'const all = []; for (;;) all.push(Buffer.alloc(50_000_000, 1));', { memoryBytes: 300 * 1024 * 1024 }],
    ['of what it says', 'for (;;) fs.writeSync(1, Buffer.alloc(60_000));', {}],
  ];
  it.each(OVER)('[T47] is ended at its limit %s, and nothing stays of it', async (name, body, limits) => {
    const path = program(`over-${name.replaceAll(' ', '-')}`, body);
    await expect(run(path, limits)).rejects.toBeInstanceOf(PictureFault);
    expect(isRunning(path)).toBe(false);
  });

  it('[T47] the next picture is made all the same', async () => {
    const failed = view('webp', Buffer.alloc(10));
    const made = view('png', png);
    await expect(failed).rejects.toBeInstanceOf(PictureFault);
    expect(await made).toMatchObject({ width: 40 });
  });
});
