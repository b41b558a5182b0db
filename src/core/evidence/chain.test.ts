// The chain: written, read back, checked by a shell, and every kind of tampering found.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_PREV_HASH, type LineFacts, leafHash, lineHash, parseLine, type SealedLine, sealLine, verifyLines } from './chain.ts';

const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
// Any text that JSON.stringify can write: it escapes control characters.
const plain = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).filter((one) => !/[^ -\uffff]/.test(one));
const body = fc.record({
  salt: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  payload: fc.oneof(fc.json(), plain, fc.constantFrom(' ', '\u2028', '\u0085', '"\\', '\u007f', '👩‍👩‍👧')),
});
const facts = fc.record(
  {
    at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    monoNs: fc.bigInt({ min: 0n, max: 10n ** 18n }).map(String),
    boot: text,
    who: text,
    type: text,
    cmd: text,
  },
  { requiredKeys: ['at', 'monoNs', 'boot', 'who', 'type'] },
);

type Draft = Omit<LineFacts, 'stream' | 'seq'>;

function chainOf(drafts: readonly { facts: Draft; body: { salt: string; payload: string } }[]): SealedLine[] {
  let prev = FIRST_PREV_HASH;
  return drafts.map((draft, index) => {
    const sealed = sealLine(prev, { ...draft.facts, stream: 'incident/i1', seq: index + 1 }, draft.body, hash);
    prev = lineHash(sealed.line, hash);
    return sealed;
  });
}

const chain = (minLength: number) => fc.array(fc.record({ facts, body }), { minLength, maxLength: 8 }).map((drafts) => chainOf(drafts));

/** What a reader with a checkpoint sees: the check fails, or the last hash is another. */
function detected(lines: readonly SealedLine[], original: readonly SealedLine[]): boolean {
  const honest = verifyLines(original, hash);
  const found = verifyLines(lines, hash);
  if (!honest.ok) throw new Error('the untouched chain must hold');
  return !found.ok || found.lastHash !== honest.lastHash || found.lines !== honest.lines;
}

function changeAt(original: string, index: number, to: string): string {
  const units = [...original];
  const at = index % units.length;
  units[at] = units[at] === to ? `${to}x` : to;
  return units.join('');
}

describe('the chain of a stream', () => {
  it('[E10] keeps any payload, and each entry is one line of text', () => {
    fc.assert(
      fc.property(chain(1), (lines) => {
        expect(verifyLines(lines, hash)).toMatchObject({ ok: true, lines: lines.length, erased: 0 });
        for (const [index, one] of lines.entries()) {
          expect(one.line).not.toMatch(/[\n\r]/);
          expect(parseLine(one.line)?.head.seq).toBe(index + 1);
        }
      }),
    );
  });

  it('[E3] any single changed character of any line, salt or payload is found', () => {
    fc.assert(
      fc.property(
        chain(1),
        fc.nat(),
        fc.constantFrom('line', 'salt', 'payload'),
        fc.nat(),
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
        (lines, which, field, where, to) => {
          const index = which % lines.length;
          const victim = lines[index]!;
          fc.pre(victim[field] !== '');
          const forged = lines.with(index, { ...victim, [field]: changeAt(victim[field], where, to) });
          return detected(forged, lines);
        },
      ),
      { numRuns: Math.max(2_000, fc.readConfigureGlobal()?.numRuns ?? 0) },
    );
  });

  it('[E3] removing, inserting, repeating or reordering lines is found', () => {
    fc.assert(
      fc.property(chain(2), fc.nat(), fc.nat(), (lines, a, b) => {
        const i = a % lines.length;
        const j = b % lines.length;
        const swapped = lines.with(i, lines[j]!).with(j, lines[i]!);
        const renumbered = swapped.map((one, index) => ({ ...one, seq: index + 1 }));
        expect(detected(lines.toSpliced(i, 1), lines)).toBe(true);
        expect(detected(lines.toSpliced(i, 0, lines[j]!), lines)).toBe(true);
        if (i !== j) expect(detected(swapped, lines) && detected(renumbered, lines)).toBe(true);
      }),
    );
  });

  it('[E3] a check names the first bad line and why', () => {
    const draft = (payload: string) => ({
      facts: { at: 0, monoNs: '0', boot: 'b', who: 'w', type: 'noted' },
      body: { salt: 'ab'.repeat(16), payload },
    });
    const lines = chainOf([draft('1'), draft('2'), draft('3')]);
    const check = (index: number, change: Partial<SealedLine>) => verifyLines(lines.with(index, { ...lines[index]!, ...change }), hash);
    expect(check(1, { payload: '9' })).toEqual({ ok: false, seq: 2, why: 'its payload is not what was hashed' });
    expect(check(1, { line: lines[1]!.line.replace('"w"', '"x"') })).toMatchObject({ seq: 3, why: expect.stringMatching(/previous hash/) });
    expect(check(2, { line: lines[2]!.line.replace('"v":1', '"v": 1') })).toMatchObject({
      seq: 3,
      why: expect.stringMatching(/not a log line/),
    });
    const moved = { salt: lines[1]!.salt.slice(0, 31), payload: `b${lines[1]!.payload}` };
    expect(check(1, moved)).toMatchObject({ seq: 2, why: 'its salt is not 32 hex digits' });
    expect(check(0, { seq: 7 })).toMatchObject({ seq: 1, why: 'number 1 (kept as 7) where 1 was due' });
    expect(verifyLines(lines.slice(1), hash)).toMatchObject({ ok: false, seq: 1 });
    const other = sealLine(lineHash(lines[0]!.line, hash), { ...draft('1').facts, stream: 'people', seq: 2 }, draft('1').body, hash);
    expect(verifyLines([lines[0]!, other], hash)).toMatchObject({ seq: 2, why: 'of stream people, not incident/i1' });
  });

  it('[E11] an erased payload leaves a chain that holds, and is counted', () => {
    fc.assert(
      fc.property(chain(2), fc.nat(), (lines, a) => {
        const erased = lines.map((one, index) => (index === a % lines.length ? { ...one, salt: '', payload: '' } : one));
        expect(verifyLines(erased, hash)).toMatchObject({ ok: true, lines: lines.length, erased: 1 });
        expect(
          detected(
            lines.map((one, index) => (index === a % lines.length ? { ...one, salt: '' } : one)),
            lines,
          ),
        ).toBe(true);
      }),
    );
  });

  it('[E10] a check can start in the middle', () => {
    fc.assert(
      fc.property(chain(3), (lines) => {
        const lastHash = lineHash(lines[0]!.line, hash);
        const rest = lines.slice(1);
        expect(verifyLines(rest, hash, { stream: 'incident/i1', after: 1, lastHash })).toMatchObject({ ok: true, lines: rest.length });
        expect(verifyLines(rest, hash, { after: 1, lastHash: FIRST_PREV_HASH })).toMatchObject({ ok: false, seq: 2 });
      }),
    );
  });

  it('[E10] refuses to write what could not be read back', () => {
    const good: LineFacts = { stream: 's', seq: 1, at: 0, monoNs: '0', boot: 'b', who: 'w', type: 't' };
    const salt = '00'.repeat(16);
    const seal =
      (change: Partial<LineFacts>, prev = FIRST_PREV_HASH, payload = '1') =>
      () =>
        sealLine(prev, { ...good, ...change }, { salt, payload }, hash);
    expect(seal({})).not.toThrow();
    for (const payload of ['\ud800', '\u0000', '{\n}', '"\t"']) expect(seal({}, FIRST_PREV_HASH, payload)).toThrow(RangeError);
    expect(seal({}, FIRST_PREV_HASH, '')).toThrow(RangeError);
    expect(seal({}, 'f00')).toThrow(RangeError);
    expect(() => sealLine(FIRST_PREV_HASH, good, { salt: 'AB'.repeat(16), payload: '1' }, hash)).toThrow(RangeError);
    const bad: Partial<LineFacts>[] = [
      { seq: 0 },
      { seq: 1.5 },
      { at: Number.NaN },
      { at: 9e15 },
      { at: 253_402_300_800_000 },
      { monoNs: '1e3' },
      { monoNs: '01' },
      { who: '' },
      { type: '\udfff' },
      { cmd: '' },
    ];
    for (const change of bad) expect(seal(change), JSON.stringify(change)).toThrow(RangeError);
  });

  it('[E10] sh and sha256sum agree with every hash', () => {
    const drafts = ['{"text":"Grüße 👋 $HOME `id` \\\\n"}', "it's one line", '{}'].map((payload, index) => ({
      facts: { at: 1_700_000_000_000 + index, monoNs: '5', boot: 'b1', who: 'p-1', type: 'noted', cmd: `c${index}` },
      body: { salt: `${index}f`.repeat(16), payload },
    }));
    const lines = chainOf(drafts);
    const log = lines.map((one) => `${one.line}\n`).join('');
    const sh = (script: string, input: string, ...args: string[]) =>
      execFileSync('sh', ['-c', script, 'sh', ...args], { input, encoding: 'utf8', timeout: 10_000 }).trim();
    for (const [index, one] of lines.entries()) {
      const { head, prevHash } = parseLine(one.line)!;
      if (index > 0) expect(sh(`sed -n ${index}p | sha256sum | cut -c1-64`, log)).toBe(prevHash);
      expect(sh('printf "%s%s" "$1" "$2" | sha256sum | cut -c1-64', '', one.salt, one.payload)).toBe(head.payloadHash);
      expect(sh(`{ printf '\\000'; sed -n ${index + 1}p | tr -d '\\n'; } | sha256sum | cut -c1-64`, log)).toBe(leafHash(one.line, hash));
    }
  });
});
