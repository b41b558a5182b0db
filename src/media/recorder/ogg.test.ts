// Ogg pages as bytes, checked against their definition and against each other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePage, LAST_PAGE, oggCrc, PRE_SKIP, readPage } from './ogg.ts';
import { PageBuilder } from './page-builder.ts';

const packet = fc.uint8Array({ minLength: 0, maxLength: 600 });

describe('an Ogg page', () => {
  it('[R1] has the checksum of the format', () => {
    // One bit shifts through the whole polynomial; a reflected or inverted variant gives other values.
    expect(oggCrc(Uint8Array.of(0))).toBe(0);
    expect(oggCrc(Uint8Array.of(1))).toBe(0x04c1_1db7);
    expect(oggCrc(Uint8Array.of(0x80, 0))).toBe(oggCrc(Uint8Array.of(0x80, 0)) >>> 0);
  });

  it('[R1] gives back what was put in', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 20 }), fc.bigInt({ min: 0n, max: 2n ** 60n }), fc.nat(), (packets, granule, number) => {
        const page = { flags: LAST_PAGE, granule, serial: 77, number, packets };
        const bytes = encodePage(page);
        const read = readPage(Buffer.concat([Buffer.from('xx'), bytes]), 2);
        expect(read).toMatchObject({ flags: LAST_PAGE, granule, serial: 77, number, end: bytes.length + 2 });
        expect(read?.packets.map((entry) => [...entry])).toEqual(packets.map((entry) => [...entry]));
      }),
    );
  });

  it('[R3] is refused when any bit is other or any byte is missing', () => {
    const bytes = encodePage({ flags: 0, granule: 960n, serial: 1, number: 2, packets: [Uint8Array.of(1, 2, 3)] });
    fc.assert(
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        const broken = Buffer.from(bytes);
        broken[bit >> 3]! ^= 1 << (bit & 7);
        expect(readPage(broken, 0)).toBeUndefined();
      }),
    );
    for (let length = 0; length < bytes.length; length++) expect(readPage(bytes.subarray(0, length), 0)).toBeUndefined();
  });
});

describe('a page builder', () => {
  it('[R1] puts every packet into exactly one page of at most 200 ms, with the samples counted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ payload: packet, samples: fc.constantFrom(120, 480, 960, 2_880) }), { maxLength: 60 }),
        (entries) => {
          const builder = new PageBuilder<number>();
          const pages = [...entries.flatMap((entry, i) => builder.add(entry.payload, entry.samples, i)), ...builder.end()];
          expect(pages.flatMap((page) => page.sources)).toEqual(entries.map((_, i) => i));
          const read = pages.map((page) => readPage(page.bytes, 0)!);
          expect(read.map((page) => page.number)).toEqual(read.map((_, i) => i));
          expect(read.at(-1)).toMatchObject({
            flags: LAST_PAGE,
            granule: BigInt(entries.reduce((sum, entry) => sum + entry.samples, PRE_SKIP)),
          });
          let before = 0n;
          for (const page of read) {
            expect(page.granule - before).toBeLessThanOrEqual(9_600n + 2_880n);
            before = page.granule;
          }
        },
      ),
    );
  });
});
