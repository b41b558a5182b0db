// Whether the phone was moved in the last seconds: one word, made here. What the sensors measure never leaves the page.

/** What a phone's sensor told last. */
export interface Movement {
  /** Takes one measurement of acceleration, gravity included, m/s2. */
  feed(sample: { readonly x: number; readonly y: number; readonly z: number }, nowMs: number): void;
  /** Null as long as no sensor told anything. */
  moved(nowMs: number): boolean | null;
}

/** A change of this much within one measurement is a hand or a fall, and no passing lorry, m/s2. A starting value, to be tried in the field. */
const MOVED_MS2 = 1.5;
/** It counts as moved for this long, ms. */
const KEEP_MS = 3_000;

/** Judges measurements; knows no sensor. */
export function makeMovement(): Movement {
  let last: { readonly x: number; readonly y: number; readonly z: number } | null = null;
  let movedAt = Number.NEGATIVE_INFINITY;
  return {
    feed: (sample, nowMs) => {
      if (last !== null && Math.hypot(sample.x - last.x, sample.y - last.y, sample.z - last.z) > MOVED_MS2) movedAt = nowMs;
      last = sample;
    },
    moved: (nowMs) => (last === null ? null : nowMs - movedAt < KEEP_MS),
  };
}

type Asks = { readonly requestPermission?: () => Promise<string> };

/** Listens to the sensor where there is one. To be called inside a touch: some browsers ask the person. */
export function watchMovement(movement: Movement, nowMs: () => number): void {
  if (typeof DeviceMotionEvent === 'undefined') return;
  const listen = () =>
    addEventListener('devicemotion', ({ accelerationIncludingGravity: now }) => {
      if (now?.x != null && now.y != null && now.z != null) movement.feed({ x: now.x, y: now.y, z: now.z }, nowMs());
    });
  const { requestPermission } = DeviceMotionEvent as unknown as Asks;
  if (requestPermission === undefined) return listen();
  requestPermission.call(DeviceMotionEvent).then(
    (word) => {
      if (word === 'granted') listen();
    },
    () => {},
  );
}
