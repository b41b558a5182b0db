// Requests and answers of the HTTP doors. One schema each; the page imports types only.
import { z } from 'zod';
import { type CustodyItem, custodyEntries } from '../core/evidence/custody.ts';
import { AGAIN_S } from '../core/incident/reading.ts';
import { idOf, role } from '../core/incident/topic.ts';

const name = z.string().trim().min(1).max(200);
const token = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);

/** POST /api/enter: turns a one-time token (owner link or invitation) into a session cookie. */
export const enter = z.strictObject({ token, name });
export type Enter = z.infer<typeof enter>;

/** GET /api/me. `rights`: `owner` may invite and configure; `open-one` may open one incident. */
export interface Me {
  readonly personId: string;
  readonly name: string;
  readonly rights: readonly ('owner' | 'open-one')[];
}

/** POST /api/invitations: a one-time link for a new person, or for a role in one incident. */
export const invite = z.strictObject({ name: name.optional(), incidentId: idOf.optional(), role: role.optional() });
export type Invite = z.infer<typeof invite>;
/** Answer to an invitation: its address, and until when it works (wall clock, ms). */
export interface Invited {
  readonly url: string;
  readonly expiresAt: number;
}

/** POST /api/incidents */
export const openIncident = z.strictObject({ title: name, exercise: z.boolean() });
export type OpenIncident = z.infer<typeof openIncident>;

/** GET /api/incidents: only those in which the asker has a role. */
export interface IncidentLine {
  readonly id: string;
  readonly title: string;
  readonly exercise: boolean;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
}

/** POST /api/incidents/:id/links */
export const makeLink = z.strictObject({ label: z.string().max(200), kind: z.enum(['link', 'field']) });
export type MakeLink = z.infer<typeof makeLink>;
/** Answer to a made link: the address to hand out, told once. */
export interface MadeLink {
  readonly lineId: string;
  readonly url: string;
  /** Where the link works, in words, when not everywhere. */
  readonly warning: string | null;
}

/** GET /api/incidents/:id/recordings */
export interface RecordingFile {
  readonly leg: string;
  readonly file: string;
  readonly bytes: number;
  /** Null while the file grows. */
  readonly sha256: string | null;
}

/** POST /api/incidents/:id/custody: a word of the debrief, once the incident is closed. GET there gives all that is on record since. */
export const noteDebrief = custodyEntries['debrief-noted'];
export type NoteDebrief = z.infer<typeof noteDebrief>;
export type { CustodyItem };

/** POST /api/incidents/:id/again: the last seconds of a line, as Ogg/Opus. The answer's headers tell of when it is. */
export const playAgain = z.strictObject({ lineId: idOf, seconds: z.literal([...AGAIN_S]) });
export type PlayAgain = z.infer<typeof playAgain>;
/** Header of the answer: wall clock in ms of the first sample that is sent. */
export const AGAIN_FROM_HEADER = 'parley-from-ms';

/** POST /api/incidents/:id/uploads?name=: the bytes of one file. The same bytes again answer the upload that is there. */
export interface Uploaded {
  readonly uploadId: string;
  readonly kind: 'jpeg' | 'png' | 'webp' | 'pdf' | 'text';
  /** The original's notes tell where it was taken. */
  readonly carriedPlace: boolean;
}

/** Every refusal over HTTP. */
export interface Refused {
  readonly refused: { readonly rule: string; readonly why: string; readonly next: string };
}
