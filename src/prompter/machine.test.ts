// The machine in its seat with a box that is a list of commands and a mouth that takes the time of its lines.
import { describe, expect, it } from 'vitest';
import { HandClock } from '../caller/hand-clock.ts';
import { loadVoice } from '../caller/voice.ts';
import { makeMachine } from './machine.ts';

const ME = 'machine-1';
const NORA = 'p-nora';
const LINE = 'n-1';
const VOICES = { coach: loadVoice('coach'), negotiator: loadVoice('negotiator') };

type Sent = { readonly type: string; readonly [field: string]: unknown };

function seat({ refuses }: { readonly refuses?: string } = {}) {
  const timing = new HandClock();
  const sent: Sent[] = [];
  const said: string[] = [];
  let seq = 0;
  let isDone = false;
  let hush: () => void = () => {};
  const texts = new Map([...VOICES.coach, ...VOICES.negotiator].map(([id, clip]) => [clip.packets, id] as const));
  const speaks = new Set<string>();
  const machine = makeMachine({
    timing,
    personId: ME,
    commands: {
      ask: async (command) => {
        sent.push(command);
        if (command.type === refuses) return 'It may not be.';
        if (command.type === 'open-mic') log('mic-opened', { personId: ME, channel: 'ear' });
        if (command.type === 'close-mic') log('mic-closed', { personId: ME, cause: 'released' });
        return null;
      },
      answered: () => {},
    },
    mouth: {
      say: (packets) =>
        new Promise((done) => {
          said.push(texts.get(packets as readonly Uint8Array[]) ?? '?');
          const stop = timing.after((packets as readonly Uint8Array[]).length * 20, () => done(true));
          hush = () => {
            stop();
            done(false);
          };
        }),
      hush: () => hush(),
      isSpeaking: () => false,
    },
    listener: { tick: () => {}, isSpeech: (leg) => speaks.has(leg), speakingMs: (leg) => (speaks.has(leg) ? 1_000 : 0) },
    voices: VOICES,
    onDone: () => {
      isDone = true;
    },
  });
  const log = (type: string, payload: object) => {
    seq += 1;
    machine.entries([{ seq, at: 0, who: { kind: 'parley' }, type, payload }]);
  };
  const speak = (leg: string, spokenMs: number | null) => {
    if (spokenMs === null) speaks.add(leg);
    else speaks.delete(leg);
    machine.heard(leg, spokenMs === null ? { is: 'began' } : { is: 'ended', spokenMs });
  };
  const types = () => sent.map(({ type }) => type);
  return { timing, machine, sent, said, types, log, speak, isDone: () => isDone };
}

/** A live call: Nora is primary with the floor, the machine her coach, and it has greeted. */
async function liveCall(options: { readonly refuses?: string } = {}) {
  const it = seat(options);
  it.log('role-assigned', { personId: NORA, name: 'Nora', role: 'primary' });
  it.log('role-assigned', { personId: ME, name: 'Machine coach', role: 'coach' });
  await it.timing.passAsync(500);
  it.log('line-changed', { lineId: LINE, to: 'live', event: 'sound-came', cause: '' });
  it.log('floor-taken', { personId: NORA });
  return it;
}

/** The person speaks for five seconds and nobody answers. */
async function unanswered({ timing, speak }: Awaited<ReturnType<typeof liveCall>>) {
  speak(`line.${LINE}`, null);
  await timing.passAsync(5_000);
  speak(`line.${LINE}`, 5_000);
  await timing.passAsync(3_800);
}

describe('the machine in its seat', () => {
  it('[S8] says first of all that it is a machine that hears no words, and says it once', async () => {
    const it = await liveCall();
    await it.timing.passAsync(5_000);
    expect(it.types()).toEqual(['write-note']);
    expect(it.sent[0]?.['text']).toMatch(/I am a machine.*not what is said/);
  });

  it('[S7] opens the ear, gives the basis as a note, whispers, and closes the ear', async () => {
    const it = await liveCall();
    await unanswered(it);
    await it.timing.passAsync(5_000);
    expect(it.types()).toEqual(['write-note', 'open-mic', 'write-note', 'close-mic']);
    expect(it.sent[1]).toMatchObject({ channel: 'ear' });
    expect(it.sent[2]?.['text']).toMatch(/^Machine whispers: “Name what he feels.*Basis: he spoke for 5 s/);
    expect(it.said).toEqual(['feeling']);
  });

  it('[S7] breaks off and closes the ear when somebody speaks', async () => {
    const it = await liveCall();
    await unanswered(it);
    it.speak(`person.${NORA}`, null);
    await it.timing.passAsync(600);
    expect(it.types().slice(1)).toEqual(['open-mic', 'write-note', 'close-mic', 'write-note']);
    expect(it.sent.at(-1)?.['text']).toContain('broke its whisper off');
  });

  it('[S7] writes what it would have whispered when the ear is refused', async () => {
    const it = await liveCall({ refuses: 'open-mic' });
    await unanswered(it);
    await it.timing.passAsync(1_000);
    expect(it.said).toEqual([]);
    expect(it.sent.at(-1)?.['text']).toMatch(/would whisper: .* It may not be\./);
  });

  it('[S7] whispers to nobody while no line is live or nobody has the floor', async () => {
    for (const [type, payload] of [
      ['line-changed', { lineId: LINE, to: 'held' }] as const,
      ['floor-emptied', { cause: 'given up' }] as const,
    ]) {
      const it = await liveCall();
      it.log(type, payload);
      await unanswered(it);
      await it.timing.passAsync(10_000);
      expect(it.types()).toEqual(['write-note']);
    }
  });

  it('[S9] accepts the floor once when it is offered, then talks', async () => {
    const it = await liveCall();
    it.log('floor-offered', { personId: ME });
    await it.timing.passAsync(1_000);
    expect(it.types().filter((type) => type === 'accept-floor')).toHaveLength(1);
    it.log('floor-passed', { from: NORA, to: ME });
    await it.timing.passAsync(2_000);
    expect(it.said).toEqual(['open']);
  });

  it('[S9] takes up its talk after its view of the log was made anew', async () => {
    const it = await liveCall();
    it.machine.forget();
    await it.timing.passAsync(1_000);
    expect(it.types()).toEqual(['write-note']);
    it.log('line-changed', { lineId: LINE, to: 'live' });
    it.log('floor-passed', { from: NORA, to: ME });
    await it.timing.passAsync(2_000);
    expect(it.said).toEqual(['open']);
  });

  it('[S10] stops talking when talked into, on hold, and when the floor is gone', async () => {
    for (const breaks of ['person', 'hold', 'floor'] as const) {
      const it = await liveCall();
      it.log('floor-passed', { from: NORA, to: ME });
      await it.timing.passAsync(1_800);
      expect(it.said).toEqual(['open']);
      if (breaks === 'person') it.speak(`line.${LINE}`, null);
      if (breaks === 'hold') it.log('line-changed', { lineId: LINE, to: 'held' });
      if (breaks === 'floor') it.log('floor-passed', { from: ME, to: NORA });
      await it.timing.passAsync(30_000);
      expect(it.said).toEqual(['open']);
    }
  });

  it('[S11] offers the floor at once to who asks for it, and says nothing until he took it', async () => {
    const it = await liveCall();
    it.log('floor-passed', { from: NORA, to: ME });
    await it.timing.passAsync(1_000);
    it.log('floor-asked', { personId: NORA });
    await it.timing.passAsync(200);
    expect(it.sent.at(-1)).toEqual({ type: 'offer-floor', personId: NORA });
    it.log('floor-offered', { personId: NORA });
    await it.timing.passAsync(20_000);
    expect(it.said).toEqual([]);
    expect(it.types().filter((type) => type === 'offer-floor')).toHaveLength(1);
  });

  it('[S12] says at the end of the call where the recordings are, gives the floor up and leaves', async () => {
    const it = await liveCall();
    it.log('floor-passed', { from: NORA, to: ME });
    it.log('line-changed', { lineId: LINE, to: 'ended' });
    await it.timing.passAsync(1_500);
    expect(it.isDone()).toBe(false);
    await it.timing.passAsync(1_500);
    expect(it.types().slice(-2)).toEqual(['write-note', 'give-up-floor']);
    expect(it.sent.at(-2)?.['text']).toContain('Recordings');
    expect(it.isDone()).toBe(true);
  });

  it('[S12] leaves without a word when the incident is closed', async () => {
    const it = await liveCall();
    it.log('incident-closed', { outcome: 'over' });
    await it.timing.passAsync(500);
    expect(it.types()).toEqual(['write-note']);
    expect(it.isDone()).toBe(true);
  });
});
