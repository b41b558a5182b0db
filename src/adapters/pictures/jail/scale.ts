// Makes a picture smaller by averaging, and puts what is see-through on white. Pure.

/** Pixels, four bytes each: red, green, blue, opacity. Sizes in pixels. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** The picture with no edge longer than `mostEdge`, and nothing see-through. */
export function fitted({ data, width, height }: Pixels, mostEdge: number): Pixels {
  const by = Math.min(1, mostEdge / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))];
  const out = new Uint8ClampedArray(w * h * 4);
  const left = edges(w, width);
  const top = edges(h, height);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const box = { x0: left[x] ?? 0, x1: left[x + 1] ?? width, y0: top[y] ?? 0, y1: top[y + 1] ?? height };
      average({ data, width }, box, out.subarray((y * w + x) * 4));
    }
  }
  return { data: out, width: w, height: h };
}

/** Where each pixel of `to` begins among `from` ones; one more at the end. */
function edges(to: number, from: number): Int32Array {
  return Int32Array.from({ length: to + 1 }, (_, i) => Math.min(from, Math.round((i * from) / to)));
}

interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

function average({ data, width }: Pick<Pixels, 'data' | 'width'>, { x0, x1, y0, y1 }: Box, out: Uint8ClampedArray): void {
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let y = y0; y < Math.max(y1, y0 + 1); y += 1) {
    for (let at = (y * width + x0) * 4, end = (y * width + Math.max(x1, x0 + 1)) * 4; at < end; at += 4) {
      const clear = 255 - (data[at + 3] ?? 255);
      red += ((data[at] ?? 0) * (255 - clear)) / 255 + clear;
      green += ((data[at + 1] ?? 0) * (255 - clear)) / 255 + clear;
      blue += ((data[at + 2] ?? 0) * (255 - clear)) / 255 + clear;
      count += 1;
    }
  }
  out[0] = red / count;
  out[1] = green / count;
  out[2] = blue / count;
  out[3] = 255;
}
