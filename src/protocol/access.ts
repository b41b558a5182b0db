// Requests and answers of the doors for people: signing in, credentials, the list of people. One schema each; pages import types only.
import { z } from 'zod';
import { idOf } from '../core/incident/topic.ts';
import { invite, type Me } from './http.ts';

const name = z.string().trim().min(1).max(200);
/** Long enough for any password that may be set; what is longer is refused before it is hashed. */
const password = z.string().min(1).max(400);
/** Six digits of an authenticator, or a recovery code. */
const code = z.string().trim().min(1).max(40);

/** POST /api/sign-in: 200 `MeNow` and the cookie, or 403 T10 with one answer for every cause. */
export const signIn = z.strictObject({ login: name, password, code: code.optional() });
export type SignIn = z.infer<typeof signIn>;

/** POST /api/reauth: proves again who sits there; either one is enough. 200 `MeNow`. */
export const reauth = z.union([z.strictObject({ password }), z.strictObject({ code })]);
export type Reauth = z.infer<typeof reauth>;

/** POST /api/password: 200 `MeNow`; 409 T13 when the password is refused, 403 T26 when a fresh proof is due first. */
export const setPassword = z.strictObject({ password });
export type SetPassword = z.infer<typeof setPassword>;

/** POST /api/second-factor/confirm: 200 `SecondFactorSet`. */
export const confirmCode = z.strictObject({ code });
export type ConfirmCode = z.infer<typeof confirmCode>;

/** POST /api/second-factor/start. `qrSvg`: an SVG document as text. Shown once, valid 15 minutes until confirmed. */
export interface SecondFactorStart {
  readonly secret: string;
  readonly uri: string;
  readonly qrSvg: string;
}

/** POST /api/recovery-codes, and part of confirming a second factor: told once, one use each. */
export interface RecoveryCodes {
  readonly recoveryCodes: readonly string[];
}

/** Answer of POST /api/second-factor/confirm. */
export interface SecondFactorSet extends RecoveryCodes {
  readonly me: MeNow;
}

/** GET /api/me. `standing`: `full`; `locked`: prove again who you are (POST /api/reauth), sockets and sound go on meanwhile;
 *  `pending`: came in by password alone, may only set a second factor. Times in ms since 1970. */
export interface MeNow extends Me {
  readonly login: string;
  readonly kind: 'staff' | 'guest';
  /** When a guest's account ends. */
  readonly expiresAt: number | null;
  readonly standing: 'full' | 'locked' | 'pending';
  /** What the person should set next; nothing is refused for want of it in the first session. */
  readonly needs: readonly ('password' | 'second-factor')[];
  /** The session is locked from then on, unless it proves itself or (before the 12 h are over) somebody does something. */
  readonly reauthDueAt: number;
  /** Last proof of who sits there, plus 12 h: no activity moves it. Warn an hour before. */
  readonly proofDueAt: number;
  readonly recoveryCodesLeft: number;
}

/** Answer of POST /api/enter. */
export interface Entered extends MeNow {
  /** The incident that the invitation leads to; left out when it gives only a seat. */
  readonly incidentId?: string;
}

/** POST /api/sessions/end-all. Left out `personId`: one's own. `keepThis`: all but the asking session. */
export const endAll = z.strictObject({ personId: idOf.optional(), keepThis: z.boolean().optional() });
export type EndAll = z.infer<typeof endAll>;

/** POST /api/invitations. `guest`: the account ends after 72 h. Who is not an owner invites guests only. `firstOfficer` (owner, no incident):
 *  a guest who may open one incident. */
export const invitePerson = invite.extend({ guest: z.boolean().optional(), firstOfficer: z.literal(true).optional() });
export type InvitePerson = z.infer<typeof invitePerson>;

/** POST /api/people/:id/rename. Owners only, as all of /api/people; each answers the person's new `PersonLine`. */
export const renamePerson = z.strictObject({ name });
/** POST /api/people/:id/remove: the account, its sessions and secrets. */
export const removePerson = z.strictObject({ why: z.string().trim().min(1).max(500) });
/** POST /api/people/:id/rights. */
export const setRight = z.strictObject({ right: z.literal('owner'), on: z.boolean() });
/** A request that says all by its address: POST /api/people/:id/unlock, /keep and /link take `{}`. */
export const nothing = z
  .strictObject({})
  .nullish()
  .transform(() => ({}));

/** GET /api/people (owner). */
export interface PersonLine {
  readonly personId: string;
  readonly login: string;
  readonly name: string;
  readonly kind: 'staff' | 'guest';
  readonly rights: readonly ('owner' | 'open-one')[];
  readonly expiresAt: number | null;
  readonly lockedAt: number | null;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly lastSignInAt: number | null;
  readonly sessions: readonly { readonly id: string; readonly address: string; readonly startedAt: number; readonly seenAt: number }[];
}
