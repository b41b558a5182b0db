// A position paper as a PDF: text only, nothing fetched, nothing read from the disk but the fonts. Decides nothing of what it says.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PaperSheet } from '../ports/press.ts';

/** What is used of pdfmake, which brings no types of its own. */
interface Pdfmake {
  readonly virtualfs: { writeFileSync(name: string, content: Buffer): void };
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(may: (url: string) => boolean): void;
  setLocalAccessPolicy(may: (path: string) => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Buffer> };
}

const CONTROL = /[^\P{Cc}\t\n]|(?![\u200C\u200D])\p{Cf}|[\u2028\u2029]/gu;

/** Marks that cannot be seen, made visible: what is printed is what was signed. */
function plain(text: string): string {
  return text.replace(CONTROL, (mark) => `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

const timeText = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** pdfmake with its fonts in memory: it may open no file and no address. */
function openPdfmake(): Pdfmake {
  const require = createRequire(import.meta.url);
  const pdfmake = require('pdfmake') as Pdfmake;
  const fonts = { normal: 'Roboto-Regular.ttf', bold: 'Roboto-Medium.ttf', italics: 'Roboto-Italic.ttf' };
  for (const name of Object.values(fonts))
    pdfmake.virtualfs.writeFileSync(name, readFileSync(require.resolve(`pdfmake/fonts/Roboto/${name}`)));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  pdfmake.setFonts({ Roboto: fonts });
  return pdfmake;
}

function section(title: string, text: string): object[] {
  return [
    { text: title, style: 'title' },
    { text: text === '' ? '–' : plain(text), style: 'body' },
  ];
}

/** The document as pdfmake wants it. */
export function paperDocument(sheet: PaperSheet): object {
  const name = `Position paper ${sheet.number}`;
  const made = `Made from the log of incident ${sheet.incidentId} up to entry ${sheet.madeAt.seq}, hash ${sheet.madeAt.hash}`;
  const signed = `Signed as entry ${sheet.entry.seq}, hash ${sheet.entry.hash}`;
  return {
    info: { title: name, creator: 'Parley', producer: 'Parley', creationDate: new Date(sheet.signedAt) },
    language: 'en',
    tagged: true,
    pageSize: 'A4',
    pageMargins: [50, 50, 50, 60],
    defaultStyle: { font: 'Roboto', fontSize: 11 },
    styles: {
      head: { fontSize: 18, bold: true },
      title: { fontSize: 13, bold: true, margin: [0, 12, 0, 3] },
      body: { preserveLeadingSpaces: true },
      small: { fontSize: 8 },
    },
    footer: (page: number, pages: number) => ({ text: `${name} · page ${page} of ${pages}`, style: 'small', margin: [50, 15, 50, 0] }),
    content: [
      ...(sheet.exercise ? [{ text: 'EXERCISE', bold: true }] : []),
      { text: name, style: 'head' },
      { text: plain(sheet.title), bold: true },
      { text: plain(`Signed by ${sheet.signer}, ${timeText(sheet.signedAt)}. For: ${sheet.to.join(', ')}.`) },
      ...section('Contacts and basis', sheet.basis),
      ...section('Status', sheet.status),
      ...section('Assessment', sheet.assessment),
      ...section('Recommendations', sheet.recommendations),
      { text: made, style: 'small', margin: [0, 18, 0, 0] },
      { text: signed, style: 'small' },
    ],
  };
}

/** The bytes of the PDF. */
export async function paperPdf(sheet: PaperSheet): Promise<Uint8Array> {
  return openPdfmake().createPdf(paperDocument(sheet)).getBuffer();
}
