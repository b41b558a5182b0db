// What a kill left of a picture file: which bytes are whole, and how long it is. Reads the few elements of Matroska that such a file has.

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;

/** The whole part of a file. `blocks`: pictures in it. Times are file time in milliseconds. */
export interface WholePart {
  readonly bytes: number;
  readonly blocks: number;
  readonly durationMs: number;
}

/** Walks over the elements of a file that was only ever added to; stops before the first that is not whole. */
export function wholePart(file: Buffer): WholePart {
  let at = 0;
  let clusterMs = 0;
  let blocks = 0;
  let lastMs = 0;
  for (;;) {
    const element = readElement(file, at);
    if (element === undefined) return { bytes: at, blocks, durationMs: lastMs };
    if (element.id === SEGMENT || element.id === CLUSTER) {
      at = element.dataAt;
      continue;
    }
    if (element.size === undefined || element.dataAt + element.size > file.length) return { bytes: at, blocks, durationMs: lastMs };
    if (element.id === TIMESTAMP) clusterMs = file.readUIntBE(element.dataAt, Math.min(6, element.size));
    if (element.id === SIMPLE_BLOCK && element.size > 4) {
      blocks += 1;
      lastMs = Math.max(lastMs, clusterMs + file.readInt16BE(element.dataAt + 1));
    }
    at = element.dataAt + element.size;
  }
}

/** Head of an element (RFC 8794): its name, where its data begins, and their size; undefined size is "until something else begins". */
function readElement(file: Buffer, at: number): { id: number; size: number | undefined; dataAt: number } | undefined {
  const idLength = lengthOf(file[at]);
  const sizeLength = lengthOf(file[at + idLength]);
  const dataAt = at + idLength + sizeLength;
  if (idLength === 0 || idLength > 4 || sizeLength === 0 || dataAt > file.length) return undefined;
  const id = file.readUIntBE(at, idLength);
  let size = (file[at + idLength] as number) & ((1 << (8 - sizeLength)) - 1);
  let allOnes = size === (1 << (8 - sizeLength)) - 1;
  for (let i = 1; i < sizeLength; i++) {
    const byte = file[at + idLength + i] as number;
    allOnes &&= byte === 0xff;
    size = size * 256 + byte;
  }
  return { id, size: allOnes ? undefined : size, dataAt };
}

/** Bytes of a number whose first byte is this; 0 when there is none. */
const lengthOf = (first: number | undefined): number => (first === undefined || first === 0 ? 0 : Math.clz32(first) - 23);
