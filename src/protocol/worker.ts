// What crosses the local socket between the server and one media worker: control only, one JSON object a line.
// The worker knows legs, slots and edges; no word of incidents, people or roles may appear here.
import { z } from 'zod';
import { MAX_SDP_CHARS } from './limits.ts';

/** Longest text of one `keep`, in characters. */
export const MAX_KEPT_CHARS = 20_000;

/** Name of a leg: one party's media. Safe as a file name. `comfort` is a source that every worker has by itself. */
export const legId = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/);
/** The built-in source that sounds while a far end is on hold. It can feed edges and is never recorded as a leg. */
export const COMFORT_LEG = 'comfort';

/** One directed way for sound, or for pictures when `from` is a camera. A leased edge closes by itself after EDGE_LEASE_MS without a `renew` of the same epoch. */
export const workerEdge = z.strictObject({ from: legId, to: legId, leased: z.boolean() });
export type WorkerEdge = z.infer<typeof workerEdge>;

/** A voice that must not come back in a microphone: the worker compares the two and tells. Both are legs. */
export const workerGuard = z.strictObject({ secret: legId, microphone: legId });
export type WorkerGuard = z.infer<typeof workerGuard>;

/** How a leg is to be negotiated and kept. `hearSlots`: most voices it can hear at once, 0 to 12.
 *  `warm`: every slot carries silence for ever when nothing feeds it (subject, primary); otherwise only slot 0 does.
 *  `onlyAnnounced`: the answer names the announced addresses and none of this machine's own, if any are announced.
 *  `camera`: it sends pictures and nothing else. `seeSlots`: most cameras it can see at once, 0 to 8. Sound and pictures never
 *  share a leg: a leg with either of these has no `hearSlots` and no microphone. */
export const legProfile = z.strictObject({
  hearSlots: z.number().int().min(0).max(12),
  warm: z.boolean(),
  onlyAnnounced: z.boolean().optional(),
  camera: z.boolean().optional(),
  seeSlots: z.number().int().min(0).max(8).optional(),
});
export type LegProfile = z.infer<typeof legProfile>;

const req = z.number().int().nonnegative();
const legs = z.array(legId).max(500).default([]);
/** Legs, there already or not, of which something is not taken. `hushed`: nothing at all, no edge, no level, no recording; the path is
 *  kept. `unrecorded`: all but the recording. A leg in neither list is recorded from its first packet. */
const withheld = { hushed: legs, unrecorded: legs };

/** Every message that the worker takes. */
export const toWorker = z.discriminatedUnion('t', [
  /** First line on a socket. A wrong secret closes it. Answer: `state`. A later `attach` on a new socket replaces the old one. */
  z.strictObject({ t: z.literal('attach'), secret: z.string().min(16).max(128) }),
  /** A browser's offer for a leg; the same leg again means a new transport for it (make before break). Answer: `answer` or `fault`. */
  z.strictObject({ t: z.literal('offer'), req, leg: legId, sdp: z.string().max(MAX_SDP_CHARS), profile: legProfile }),
  /** The whole matrix of edges. Edges not in it close first, then new ones open, all between two packets. Answer: `applied`.
   *  `guards`: all pairs to watch for leaks from now on; none when left out. */
  z.strictObject({
    t: z.literal('edges'),
    req,
    epoch: z.number().int().nonnegative(),
    edges: z.array(workerEdge).max(2000),
    ...withheld,
    guards: z.array(workerGuard).max(100).optional(),
  }),
  /** Renews every leased edge of this epoch for EDGE_LEASE_MS. No answer. */
  z.strictObject({ t: z.literal('renew'), epoch: z.number().int().nonnegative() }),
  /** Ends a leg's transport and its recording in order. Answer: `done`. */
  z.strictObject({ t: z.literal('end-leg'), req, leg: legId, reason: z.string().max(200) }),
  /** The report with this number is in the log; the worker need not keep it. No answer. */
  z.strictObject({ t: z.literal('ack'), n: z.number().int().positive() }),
  /** Keeps text for the server in the worker's own journal while the log cannot be written; it comes back as a `kept` report. No answer. */
  z.strictObject({ t: z.literal('keep'), id: z.string().max(80), text: z.string().max(MAX_KEPT_CHARS) }),
  /** Orderly end: all recordings closed, all reports sent, then the process ends. Answer: `done`. */
  z.strictObject({ t: z.literal('close'), req }),
]);
/** A message to the worker, checked. */
export type ToWorker = z.infer<typeof toWorker>;

export const legState = z.enum(['connecting', 'up', 'amber', 'lost', 'ended']);
/** connecting: transport negotiated, no sound yet. up: sound within LEG_AMBER_MS. amber: none for LEG_AMBER_MS. lost: none for LEG_LOST_MS. */
export type LegState = z.infer<typeof legState>;

/** Facts that belong in the log. Sent again after each `attach` until acknowledged. Times are wall clock in ms. */
export const workerReport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('recording-started'), leg: legId, file: z.string(), atMs: z.number() }),
  z.strictObject({
    kind: z.literal('segment-closed'),
    leg: legId,
    file: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.number().int(),
    startedAtMs: z.number(),
    durationMs: z.number(),
    packets: z.number().int(),
    lostPackets: z.number().int(),
    /** Why it was closed: its minute was full, the leg ended, or it was repaired after a crash. */
    cause: z.enum(['full', 'ended', 'repaired']),
  }),
  /** One a minute for all legs: SHA-256 so far of each open segment's written bytes. */
  z.strictObject({
    kind: z.literal('digest'),
    atMs: z.number(),
    segments: z.array(z.strictObject({ leg: legId, file: z.string(), bytes: z.number().int(), sha256: z.string() })),
  }),
  /** Sound comes in and the file does not show it, or cannot be written. */
  z.strictObject({
    kind: z.literal('recorder-alarm'),
    leg: legId,
    alarm: z.enum(['silent', 'not-growing', 'write-failed', 'disk-low', 'disk-full']),
    detail: z.string().max(500),
    atMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal('recorder-alarm-cleared'),
    leg: legId,
    alarm: z.enum(['silent', 'not-growing', 'write-failed', 'disk-low', 'disk-full']),
    atMs: z.number(),
  }),
  /** Text that the server gave to keep. The worker does not read it. */
  z.strictObject({ kind: z.literal('kept'), id: z.string(), text: z.string() }),
]);
export type WorkerReport = z.infer<typeof workerReport>;

export const legView = z.strictObject({
  leg: legId,
  state: legState,
  sinceMs: z.number(),
  /** Who feeds each listening slot now, or each viewing slot of a leg that sees; null is silence, or no picture. */
  slots: z.array(legId.nullable()),
  recording: z.boolean(),
});
/** One leg as the worker sees it now. */
export type LegView = z.infer<typeof legView>;

/** Every message that the worker sends. */
export const fromWorker = z.discriminatedUnion('t', [
  /** Answer to `attach`: the worker as it is, so that a new server can adopt it. */
  z.strictObject({
    t: z.literal('state'),
    pid: z.number().int(),
    epoch: z.number().int(),
    edges: z.array(workerEdge),
    legs: z.array(legView),
  }),
  z.strictObject({ t: z.literal('answer'), req, sdp: z.string() }),
  z.strictObject({ t: z.literal('applied'), req, epoch: z.number().int() }),
  z.strictObject({ t: z.literal('done'), req }),
  /** The request failed; the worker goes on. `code` is stable, `message` is for people. */
  z.strictObject({ t: z.literal('fault'), req, code: z.string(), message: z.string() }),
  z.strictObject({ t: z.literal('leg'), leg: legId, state: legState, atMs: z.number(), cause: z.string().max(200) }),
  z.strictObject({ t: z.literal('slots'), leg: legId, slots: z.array(legId.nullable()) }),
  /** About five a second. `db`: decoded level, -100 to 0 dBFS over the last 200 ms; `lost`: packets missing in the last second; legs without sound, cameras among them, are absent. */
  z.strictObject({
    t: z.literal('levels'),
    atMs: z.number(),
    legs: z.record(legId, z.strictObject({ db: z.number(), lost: z.number().int(), recording: z.boolean() })),
  }),
  /** The secret voice is found in the microphone. Told once a second while it lasts, then once with `on: false`.
   *  `likeness` 0 to 1; `delayMs`, `gainDb`: of the copy against the original. */
  z.strictObject({
    t: z.literal('leak'),
    secret: legId,
    microphone: legId,
    on: z.boolean(),
    likeness: z.number().min(0).max(1),
    delayMs: z.number(),
    gainDb: z.number(),
  }),
  z.strictObject({ t: z.literal('report'), n: z.number().int().positive(), report: workerReport }),
]);
/** A message of the worker, checked. */
export type FromWorker = z.infer<typeof fromWorker>;
