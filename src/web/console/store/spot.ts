// Where something stands on a picture, in thousandths of its width and height: by arrow keys and by pointer. Pure.

/** Thousandths, 0 to 1000, from the left and from above. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

const MOST = 1_000;
const STEP = 20;
const SMALL_STEP = 2;
const WAYS: Readonly<Record<string, Spot>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const within = (n: number) => Math.min(MOST, Math.max(0, Math.round(n)));

/** Where an arrow key leads from here, never off the picture; null for any other key. */
export function stepped({ x, y }: Spot, { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }): Spot | null {
  const way = Object.hasOwn(WAYS, key) ? WAYS[key] : undefined;
  if (way === undefined) return null;
  const by = shiftKey ? SMALL_STEP : STEP;
  return { x: within(x + way.x * by), y: within(y + way.y * by) };
}

/** The spot under a pointer; at the edge when it is outside. `box`: the picture on the screen, in pixels, as the pointer is. */
export function under(
  pointer: { readonly clientX: number; readonly clientY: number },
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Spot {
  return {
    x: within(((pointer.clientX - box.left) / box.width) * MOST),
    y: within(((pointer.clientY - box.top) / box.height) * MOST),
  };
}
