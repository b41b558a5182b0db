// What the device tells of itself, and what keeps it awake. Everything here may be missing in a browser; nothing of it is needed.
import type { FromField } from '../../protocol/field.ts';

type Condition = Partial<Extract<FromField, { t: 'beat' }>>;

interface Battery {
  readonly level: number;
  readonly charging: boolean;
}

interface Network extends EventTarget {
  readonly type?: string;
  readonly effectiveType?: string;
}

type Told = Navigator & { readonly getBattery?: () => Promise<Battery>; readonly connection?: Network };

let battery: Battery | null = null;

/** Begins to read the battery, where the browser tells. */
export function watchBattery(): void {
  (navigator as Told).getBattery?.().then(
    (told) => {
      battery = told;
    },
    () => {},
  );
}

/** Foreground, battery and kind of network now. */
export function deviceCondition(): Condition {
  const network = (navigator as Told).connection;
  const kind = network?.type ?? network?.effectiveType;
  return {
    foreground: document.visibilityState === 'visible',
    ...(battery === null ? {} : { battery: battery.level, charging: battery.charging }),
    ...(kind === undefined ? {} : { network: kind.slice(0, 40) }),
  };
}

/** Calls back when the device came onto another network. */
export function onNetworkChange(act: () => void): void {
  addEventListener('online', act);
  const network = (navigator as Told).connection;
  let kind = network?.type;
  network?.addEventListener('change', () => {
    const now = network.type;
    if (now !== kind && now !== 'none') act();
    kind = now;
  });
}

/** A lock that the system took back is asked for again after this long, ms. */
const LOCK_AGAIN_MS = 2_000;
let isWanted = false;
let held: WakeLockSentinel | null = null;

async function lock(): Promise<void> {
  if (!isWanted || document.visibilityState !== 'visible' || held?.released === false) return;
  try {
    held = await navigator.wakeLock.request('screen');
    // The system may let go on its own, to save power: it is asked again as long as the page is seen.
    held.addEventListener('release', () => setTimeout(() => void lock(), LOCK_AGAIN_MS), { once: true });
  } catch {
    // Low battery or an old browser: the call goes on with a screen that may go dark.
  }
}

/** Keeps the screen awake from now on; the browser lets go when the page is hidden, so it is asked again. */
export function keepAwake(): void {
  if (!isWanted) document.addEventListener('visibilitychange', () => void lock());
  isWanted = true;
  void lock();
}

function makeSilence(): MediaStreamTrack | null {
  const context = new AudioContext();
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  // Without a source the node sends nothing at all, and a path without packets counts as dead.
  const zero = new ConstantSourceNode(context, { offset: 0 });
  zero.connect(out);
  zero.start();
  void context.resume();
  return out.stream.getAudioTracks()[0] ?? null;
}

let silent: MediaStreamTrack | null = null;

/** A track without sound, for a device whose microphone may not be used. */
export function silentTrack(): MediaStreamTrack | null {
  try {
    silent ??= makeSilence();
  } catch {
    silent = null;
  }
  return silent;
}
