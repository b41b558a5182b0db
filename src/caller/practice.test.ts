// The scene with a negotiator who is only answers in a list.
import { describe, expect, it } from 'vitest';
import { seededDice } from './dice.ts';
import { ENDINGS, ON_INTERRUPTION, ON_RETURN, ON_SILENCE, playPractice, SILENCE_MS, STORY, type Stage } from './practice.ts';

interface Negotiator {
  readonly answers?: (turn: number) => boolean;
  readonly cutsOff?: (id: string) => boolean;
  readonly wasAway?: (turn: number) => boolean;
  readonly endsAtTurn?: number;
}

async function play(
  { answers = () => true, cutsOff = () => false, wasAway = () => false, endsAtTurn = Number.POSITIVE_INFINITY }: Negotiator,
  seed = 1,
) {
  const did: string[] = [];
  let turn = 0;
  const stage: Stage = {
    say: async (id) => {
      did.push(id);
      return cutsOff(id) ? 'interrupted' : 'said';
    },
    listen: async (silenceMs) => {
      expect(silenceMs).toBe(SILENCE_MS);
      const isAnswered = answers(turn);
      turn += 1;
      return isAnswered ? 'spoken' : 'silence';
    },
    pause: async (ms) => {
      expect(ms).toBeLessThan(3_000);
    },
    untilHeard: async () => wasAway(turn),
    isOver: () => turn >= endsAtTurn,
  };
  const ending = await playPractice(stage, seededDice(seed));
  return { did, ending };
}

describe('the practice call', () => {
  it('[S2] tells the whole story, one line of each step, and comes out when he was spoken with', async () => {
    const { did, ending } = await play({});
    expect(ending).toBe('out');
    expect(did.length).toBe(STORY.length + 1);
    for (const [i, row] of STORY.entries()) expect(row).toContain(did[i]);
    expect(did.at(-1)).toBe(ENDINGS.out);
  });

  it('[S2] asks whether anybody is there when nobody answers, three times, and hangs up politely at the end', async () => {
    const { did, ending } = await play({ answers: () => false });
    expect(ending).toBe('hung-up');
    expect(did.filter((id) => ON_SILENCE.includes(id))).toEqual(ON_SILENCE);
    expect(did.at(-1)).toBe(ENDINGS['hung-up']);
    expect(did.filter((id) => STORY.flat().includes(id)).length).toBe(STORY.length);
  });

  it('[S2] does not come out after fewer than four answers', async () => {
    expect((await play({ answers: (turn) => turn < 3 })).ending).toBe('hung-up');
    expect((await play({ answers: (turn) => turn < 4 })).ending).toBe('out');
  });

  it('[S3] minds being talked over, but not each time', async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { did } = await play({ cutsOff: (id) => STORY.flat().includes(id) }, seed);
      const minded = did.filter((id) => ON_INTERRUPTION.includes(id));
      for (const id of minded) seen.add(id);
      expect(minded.length).toBeLessThan(STORY.length);
    }
    expect([...seen].sort()).toEqual([...ON_INTERRUPTION].sort());
    expect((await play({})).did.some((id) => ON_INTERRUPTION.includes(id))).toBe(false);
  });

  it('[S3] is glad when the other side comes back from a hold', async () => {
    const { did } = await play({ wasAway: (turn) => turn === 3 });
    const at = did.indexOf(ON_RETURN);
    expect(STORY[3]).toContain(did[at + 1]);
    expect(did.filter((id) => id === ON_RETURN).length).toBe(1);
  });

  it('[S2] says no further line once the call is over', async () => {
    for (let endsAtTurn = 1; endsAtTurn <= STORY.length; endsAtTurn++) {
      const { did, ending } = await play({ endsAtTurn });
      expect(ending).toBeUndefined();
      expect(did.length).toBe(endsAtTurn);
    }
  });

  it('[S4] is the same again with the same seed, and another with another', async () => {
    const calls = await Promise.all([1, 1, 2, 3, 4, 5].map((seed) => play({ answers: (turn) => turn % 3 > 0 }, seed)));
    expect(calls[0]).toEqual(calls[1]);
    expect(new Set(calls.map((call) => call.did.join())).size).toBeGreaterThan(2);
  });
});
