// Bytes of a file that is looked into piece by piece, never held whole.

/** A file by its pieces. `read` answers fewer bytes at the end, none behind it. */
export interface Bytes {
  readonly bytes: number;
  read(from: number, length: number): Promise<Uint8Array>;
}

/** Numbers out of a piece; -1 where it is too short. */
export class Piece {
  readonly #view: DataView;
  constructor(piece: Uint8Array) {
    this.#view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
  }
  u8(at: number): number {
    return at + 1 <= this.#view.byteLength ? this.#view.getUint8(at) : -1;
  }
  u16(at: number, little = false): number {
    return at + 2 <= this.#view.byteLength ? this.#view.getUint16(at, little) : -1;
  }
  u32(at: number, little = false): number {
    return at + 4 <= this.#view.byteLength ? this.#view.getUint32(at, little) : -1;
  }
  /** Latin letters. */
  text(at: number, length: number): string {
    return Buffer.from(this.#view.buffer, this.#view.byteOffset, this.#view.byteLength).toString('latin1', at, at + length);
  }
}
