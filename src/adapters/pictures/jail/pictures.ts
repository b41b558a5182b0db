// Pictures made anew by a program in a jail, one at a time.
import { PictureFault, type Pictures, type PictureView } from '../../../ports/pictures.ts';
import { inJail, type JailLimits } from './jail.ts';

/** Measured with 40 million pixels (docs/decisions/0022); a phone's picture takes some seconds on a busy machine. */
const LIMITS: JailLimits = { wallMs: 60_000, cpuS: 20, memoryBytes: 900 * 1024 * 1024, mostOutBytes: 16 * 1024 * 1024 };
const HEAD_BYTES = 8;

/** `program`: the built program, as in `dist/picture.js`. */
export function openJailedPictures(program: string, limits: JailLimits = LIMITS): Pictures {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    view: (original, { kind, mostEdge }) => {
      const mine = turn.then(async () => {
        const said = await inJail({ program, args: [kind, String(mostEdge)], input: original }, limits);
        return understood(said, mostEdge);
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** What comes out of a jail is not believed: it must be a JPEG of a size that was asked for. */
function understood(said: Uint8Array, mostEdge: number): PictureView {
  if (said.byteLength < HEAD_BYTES + 4) throw new PictureFault('broken');
  const view = new DataView(said.buffer, said.byteOffset, said.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const jpeg = said.subarray(HEAD_BYTES);
  const isJpeg = jpeg[0] === 0xff && jpeg[1] === 0xd8 && jpeg.at(-2) === 0xff && jpeg.at(-1) === 0xd9;
  if (!isJpeg || width < 1 || height < 1 || width > mostEdge || height > mostEdge) throw new PictureFault('broken');
  return { jpeg, width, height };
}
