// Port: makes a picture anew, so that what is shown is made by this box and carries nothing of the file but what is seen.

/** Pictures that can be made anew. */
export type PictureKind = 'jpeg' | 'png' | 'webp';

/** A picture as it is shown: JPEG without any note in it. Width and height in pixels. */
export interface PictureView {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Makes views. Whoever asks has read size and kind from the picture's head and refused what is too large. */
export interface Pictures {
  /** The picture upright, no edge longer than `mostEdge` pixels. One at a time: others wait.
   *  @throws PictureFault */
  view(original: AsyncIterable<Uint8Array>, wanted: { readonly kind: PictureKind; readonly mostEdge: number }): Promise<PictureView>;
}

/** `broken`: it cannot be read as what it says it is. `too-much`: it took more time or memory than it may. */
export class PictureFault extends Error {
  override name = 'PictureFault';
  readonly code: 'broken' | 'too-much';
  constructor(code: PictureFault['code'], cause?: unknown) {
    super(`no view of the picture: ${code}`, { cause });
    this.code = code;
  }
}
