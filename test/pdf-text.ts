// The words of a PDF as pdfkit writes it: streams inflated, glyphs turned back by each font's own table. For tests; reads no other PDFs.
import { inflateSync } from 'node:zlib';

/** All text of the file, a line for each piece that was set at once, in the order of the pages. */
export function pdfText(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body);
  const streamOf = (body: string): string => {
    const begin = body.indexOf('stream\n') + 'stream\n'.length;
    const part = Buffer.from(body.slice(begin, body.lastIndexOf('\nendstream')), 'latin1');
    return (body.includes('/FlateDecode') ? inflateSync(part) : part).toString('latin1');
  };
  const fonts = new Map<string, readonly string[]>();
  for (const body of objects.values())
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (table !== undefined) fonts.set(name, glyphs(streamOf(objects.get(table) ?? '')));
    }
  const lines: string[] = [];
  for (const body of objects.values()) {
    if (!body.includes('stream\n') || body.includes('/Subtype') || body.includes('/Length1')) continue;
    let font: readonly string[] = [];
    for (const [, name, run] of streamOf(body).matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = fonts.get(name) ?? [];
      else lines.push([...(run ?? '').matchAll(/<([0-9a-f]+)>/g)].map(([, hex = '']) => read(hex, font)).join(''));
    }
  }
  return lines.join('\n');
}

function read(hex: string, font: readonly string[]): string {
  return (hex.match(/.{4}/g) ?? []).map((glyph) => font[Number.parseInt(glyph, 16)] ?? '').join('');
}

/** Ranges of the table, each with its list of code points. */
function glyphs(table: string): readonly string[] {
  const all: string[] = [];
  for (const [, from = '', list = ''] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g))
    [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex = ''], place) => {
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      all[Number.parseInt(from, 16) + place] = units.map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');
    });
  return all;
}
