// Topic: what the recorder did: files begun, files closed with their hash, digests, alarms.
import { z } from 'zod';
import { Grown } from './grown.ts';
import { command, entry, type Topic } from './topic.ts';

/** Stands in a leg's place where the alarm is of the disk itself. */
export const DISK_LEG = 'disk';

export interface Segment {
  readonly leg: string;
  readonly file: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly sha256: string;
}

/** What is known of the recordings: closed files and standing alarms. */
export interface Recording {
  readonly segments: Grown<Segment>;
  /** Alarms that stand now, by leg. */
  readonly alarms: readonly { readonly leg: string; readonly alarm: string; readonly detail: string; readonly at: number }[];
}

const initial: Recording = { segments: Grown.empty<Segment>(), alarms: [] };
const leg = z.string().max(64);
const file = z.string().max(300);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const started = z.strictObject({ leg, file, atMs: z.number() });
const closed = z.strictObject({
  leg,
  file,
  sha256,
  bytes: z.number(),
  startedAtMs: z.number(),
  durationMs: z.number(),
  packets: z.number(),
  lostPackets: z.number(),
  cause: z.enum(['full', 'ended', 'repaired']),
});
const digest = z.strictObject({
  atMs: z.number(),
  segments: z.array(z.strictObject({ leg, file, bytes: z.number(), sha256: z.string() })),
});
const alarm = z.strictObject({ leg, alarm: z.string().max(40), detail: z.string().max(500), atMs: z.number() });
const cleared = z.strictObject({ leg, alarm: z.string().max(40), atMs: z.number() });

/** A report that came twice (the worker repeats until told) is one entry. */
export const recordingTopic = {
  name: 'recording' as const,
  initial,
  commands: {
    'report-recording': command({
      by: ['parley'],
      schema: started,
      decide: (_: unknown, p) => [{ type: 'recording-started', payload: p }],
    }),
    'report-segment': command({
      by: ['parley'],
      schema: closed,
      decide: (state: { recording: Recording }, p) =>
        state.recording.segments.findLast((s) => s.file === p.file && s.sha256 === p.sha256) !== undefined
          ? []
          : [{ type: 'segment-closed', payload: p }],
    }),
    'report-digest': command({ by: ['parley'], schema: digest, decide: (_: unknown, p) => [{ type: 'digest-taken', payload: p }] }),
    'report-alarm': command({ by: ['parley'], schema: alarm, decide: (_: unknown, p) => [{ type: 'recording-alarmed', payload: p }] }),
    'report-alarm-cleared': command({
      by: ['parley'],
      schema: cleared,
      decide: (_: unknown, p) => [{ type: 'recording-alarm-cleared', payload: p }],
    }),
  },
  entries: {
    'recording-started': entry({ schema: started, reduce: (r: Recording): Recording => r }),
    'segment-closed': entry({
      schema: closed,
      reduce: (r: Recording, p): Recording => ({
        ...r,
        segments: r.segments.with({ leg: p.leg, file: p.file, startedAtMs: p.startedAtMs, durationMs: p.durationMs, sha256: p.sha256 }),
      }),
    }),
    'digest-taken': entry({ schema: digest, reduce: (r: Recording): Recording => r }),
    'recording-alarmed': entry({
      schema: alarm,
      reduce: (r: Recording, p): Recording => ({
        ...r,
        alarms: [
          ...r.alarms.filter((a) => a.leg !== p.leg || a.alarm !== p.alarm),
          { leg: p.leg, alarm: p.alarm, detail: p.detail, at: p.atMs },
        ],
      }),
    }),
    'recording-alarm-cleared': entry({
      schema: cleared,
      reduce: (r: Recording, p): Recording => ({ ...r, alarms: r.alarms.filter((a) => a.leg !== p.leg || a.alarm !== p.alarm) }),
    }),
  },
} satisfies Topic;
