// Rounds of `npm run soak`: a call with sound in which the server or the media worker is killed at a moment that luck chooses, again and
// again. After each: no acknowledged entry is lost, at most a second of sound of each voice is, and every file can be read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOpusFile } from '../../src/caller/ogg-reader.ts';
import { type CallerProcess, type Desk, type Entry, openDesk, type Room, startCaller } from '../contract/caller-desk.ts';
import { type Parley, startParley } from '../e2e/kit/parley.ts';
import { waitFor } from '../e2e/kit/process.ts';
import { Luck } from '../fuzz/luck.ts';

const CALLS = Number(process.env['PARLEY_SOAK_CALLS'] ?? 1);
const KILLS_A_CALL = 2;
const SEED = Number(process.env['PARLEY_FUZZ_SEED'] ?? 1);
const ROUND_LIMIT_MS = 120_000;
/** What may be missing of a voice after a kill (R3). */
const MOST_LOST_MS = 1_000;
const BACK = { withinMs: 30_000 };
const PACKET_MS = 20;

type Victim = 'server' | 'worker';

/** Writes notes one after another until stopped. What was acknowledged is kept. */
function writeNotes(room: Room, label: string) {
  const acknowledged: string[] = [];
  let isOn = true;
  const done = (async () => {
    for (let i = 0; isOn; i++) {
      const text = `${label} note ${i}`;
      const answered = await room.command({ type: 'write-note', text }).then(
        () => true,
        () => false,
      );
      if (answered) acknowledged.push(text);
      // Refused at once while there is no socket: without a pause nothing else would get its turn.
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return {
    acknowledged,
    stop: () => {
      isOn = false;
      return done;
    },
  };
}

/** One call and what it has gone through. */
class Round {
  readonly worst = { lostMs: 0, backMs: 0 };
  kills = 0;
  readonly #parley: Parley;
  readonly #desk: Desk;
  readonly #acknowledged: string[] = [];
  room: Room;
  readonly caller: CallerProcess;
  readonly lineId: string;

  private constructor(parts: { parley: Parley; desk: Desk; room: Room; caller: CallerProcess; lineId: string }) {
    this.#parley = parts.parley;
    this.#desk = parts.desk;
    this.room = parts.room;
    this.caller = parts.caller;
    this.lineId = parts.lineId;
  }

  static async open(parley: Parley, desk: Desk): Promise<Round> {
    const room = await desk.openIncident();
    const { lineId, url } = await room.makeLink();
    const caller = startCaller(['--url', url, '--tone', '440']);
    await room.letIn(lineId);
    await caller.until('sound', BACK);
    await room.join({ hz: 930 });
    await room.command({ type: 'take-floor' });
    const round = new Round({ parley, desk, room, caller, lineId });
    await round.#recorded(1);
    return round;
  }

  /** Kills after a while, with notes being written, and waits until the call is whole again. */
  async kill(victim: Victim, { afterMs, label }: { readonly afterMs: number; readonly label: string }): Promise<void> {
    const notes = writeNotes(this.room, label);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    this.kills += 1;
    if (victim === 'worker') await this.#killWorker();
    else await this.#killServer();
    await notes.stop();
    this.#acknowledged.push(...notes.acknowledged);
    expect(notes.acknowledged.length, `${label}: notes before the kill`).toBeGreaterThan(0);
  }

  async #killWorker(): Promise<void> {
    const leg = `line.${this.lineId}`;
    const recordings = this.#starts(leg).length;
    const sounds = this.#printed('sound').length;
    const legs = [...new Set(this.room.entries.filter((e) => e.type === 'recording-started').map((e) => String(e.payload['leg'])))];
    const repaired = (of: string) =>
      this.room.entries.filter((e) => e.type === 'segment-closed' && e.payload['leg'] === of && e.payload['cause'] === 'repaired');
    const before = new Map(legs.map((one) => [one, repaired(one).length]));
    const killedMs = Date.now();
    for (const pid of await this.#parley.workers()) process.kill(pid, 'SIGKILL');
    await waitFor('sound again', () => this.#printed('sound').length > sounds, BACK);
    this.worst.backMs = Math.max(this.worst.backMs, Date.now() - killedMs);
    await this.#recorded(recordings + 1);
    const closed = await waitFor('the repaired recording', () => repaired(leg).at(before.get(leg) ?? 0), BACK);
    const { startedAtMs, durationMs } = closed.payload as { startedAtMs: number; durationMs: number };
    const lostMs = killedMs - (startedAtMs + durationMs);
    this.worst.lostMs = Math.max(this.worst.lostMs, lostMs);
    expect(lostMs, 'sound of the line lost at the kill').toBeLessThan(MOST_LOST_MS);
  }

  async #killServer(): Promise<void> {
    const admissions = this.#printed('admitted').length;
    const fromMs = Date.now();
    await this.#parley.kill9();
    await this.#parley.restart();
    this.room.close();
    await waitFor('the caller let in again', () => this.#printed('admitted').length > admissions, BACK);
    this.worst.backMs = Math.max(this.worst.backMs, Date.now() - fromMs);
    this.room = await this.#desk.comeBack(this.room.id);
    await waitFor('the log', () => this.room.entries.length > 0, BACK);
  }

  #printed(event: string) {
    return this.caller.printed.filter((one) => one.event === event);
  }

  #starts(leg: string): readonly Entry[] {
    return this.room.entries.filter((e) => e.type === 'recording-started' && e.payload['leg'] === leg);
  }

  async #recorded(times: number): Promise<void> {
    await waitFor(`recording ${times} begun`, () => this.#starts(`line.${this.lineId}`).length >= times, BACK);
  }

  /** Ends the call and looks at all that is left of it. */
  async end(): Promise<void> {
    const room = await this.#desk.comeBack(this.room.id);
    this.room.close();
    this.room = room;
    this.caller.signal('SIGTERM');
    await this.caller.ended;
    const leg = `line.${this.lineId}`;
    const last = await waitFor(
      'the last file closed',
      () => room.entries.findLast((e) => e.type === 'segment-closed' && e.payload['leg'] === leg && e.payload['cause'] === 'ended'),
      BACK,
    );
    const { durationMs, packets, lostPackets } = last.payload as { durationMs: number; packets: number; lostPackets: number };
    expect(durationMs - packets * PACKET_MS, 'sound missing in the last file').toBeLessThan(MOST_LOST_MS);
    expect(lostPackets * PACKET_MS).toBeLessThan(MOST_LOST_MS);
    const notes = new Set(room.entries.filter((e) => e.type === 'note-written').map((e) => String(e.payload['text'])));
    expect(
      this.#acknowledged.filter((text) => !notes.has(text)),
      'acknowledged and not in the log',
    ).toEqual([]);
    expect(room.entries.map((e) => e.seq)).toEqual(room.entries.map((_, i) => i + 1));
    this.#readAll(room);
    await waitFor('the line safe', () => room.entries.some((e) => e.type === 'line-changed' && e.payload['to'] === 'ended'), BACK);
    await room.command({ type: 'close-incident', outcome: 'a round of the soak' });
    room.close();
  }

  get acknowledged(): number {
    return this.#acknowledged.length;
  }

  /** Every file that the log calls whole is there and has sound; one that still grows may have none yet. */
  #readAll(room: Room): void {
    const folder = join(this.#parley.data, 'media', this.room.id);
    const there = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = room.entries.filter((e) => e.type === 'segment-closed').map((e) => String(e.payload['file']));
    expect(files.length).toBeGreaterThan(0);
    expect(there).toEqual(expect.arrayContaining(files));
    for (const file of files) expect(readOpusFile(readFileSync(join(folder, file))).packets.length, file).toBeGreaterThan(0);
  }
}

let parley: Parley;
let desk: Desk;
const worst = { lostMs: 0, backMs: 0, kills: 0, acknowledged: 0 };

beforeAll(async () => {
  parley = await startParley();
  desk = await openDesk(parley);
}, 60_000);

afterAll(async () => {
  console.log(
    `soak: ${CALLS} calls, ${worst.kills} kills, ${worst.acknowledged} notes acknowledged and found; ` +
      `most sound lost ${worst.lostMs} ms, longest until the call was whole ${worst.backMs} ms`,
  );
  await parley?.stop();
}, 30_000);

for (let call = 0; call < CALLS; call++) {
  it(`[X10] [X11] [X12] call ${call + 1} of ${CALLS} lives through its kills (seed ${SEED})`, { timeout: ROUND_LIMIT_MS }, async () => {
    const luck = new Luck(SEED + call);
    const round = await Round.open(parley, desk);
    try {
      for (let kill = 0; kill < KILLS_A_CALL; kill++) {
        const victim: Victim = luck.chance(0.5) ? 'server' : 'worker';
        const afterMs = 200 + luck.below(2_500);
        console.log(`call ${call + 1}: ${victim} killed after ${afterMs} ms`);
        await round.kill(victim, { afterMs, label: `kill ${kill}` });
      }
      await round.end();
      worst.lostMs = Math.max(worst.lostMs, round.worst.lostMs);
      worst.backMs = Math.max(worst.backMs, round.worst.backMs);
      worst.kills += round.kills;
      worst.acknowledged += round.acknowledged;
    } finally {
      round.caller.signal('SIGKILL');
      round.room.close();
    }
  });
}
