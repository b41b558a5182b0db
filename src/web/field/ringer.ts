// The sound of ringing, made in the page, and the shaking that goes with it. Says truly whether it can sound.

/** A bell of the page. */
export interface Ringer {
  /** To be called inside a touch: browsers make no sound before one. */
  unlock(): void;
  /** True when a sound made now would come out. */
  isAble(): boolean;
  start(): void;
  stop(): void;
}

/** Two notes in turn, far from a voice, for a second and a half; then a pause. */
const NOTES_HZ = [1_175, 1_480];
const NOTE_S = 0.12;
const RING_S = 1.5;
const EVERY_MS = 3_000;
const SHAKE_MS = [700, 200, 600];
const LOUDNESS = 0.8;

function soundOnce(context: AudioContext): OscillatorNode {
  const volume = new GainNode(context, { gain: LOUDNESS });
  const tone = new OscillatorNode(context, { type: 'triangle' });
  tone.connect(volume).connect(context.destination);
  for (let at = 0; at < RING_S; at += NOTE_S)
    tone.frequency.setValueAtTime(NOTES_HZ[Math.round(at / NOTE_S) % 2] ?? 0, context.currentTime + at);
  tone.start();
  tone.stop(context.currentTime + RING_S);
  return tone;
}

/** Makes a bell; silent until `start`. */
export function makeRinger(): Ringer {
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  let note: OscillatorNode | null = null;
  const wake = () => {
    context ??= new AudioContext();
    if (context.state !== 'running') void context.resume().catch(() => {});
    return context;
  };
  const ring = () => {
    note = soundOnce(wake());
    navigator.vibrate?.(SHAKE_MS);
  };
  return {
    unlock: wake,
    isAble: () => wake().state === 'running',
    start: () => {
      if (timer !== null) return;
      timer = setInterval(ring, EVERY_MS);
      ring();
    },
    stop: () => {
      if (timer === null) return;
      clearInterval(timer);
      timer = null;
      navigator.vibrate?.(0);
      // At once, in the middle of a note: a voice may follow.
      note?.stop();
    },
  };
}
