// What crosses a console's socket. Both ends import it; a console imports types only.
import { z } from 'zod';
import type { UnloggedEntry } from '../core/incident/late.ts';
import { type Entry, idOf, type Refusal, type Role, role, type Stub } from '../core/incident/topic.ts';
import { MAX_SDP_CHARS } from './limits.ts';

/** Made by the console, 128 bits of luck; the same id sent again is answered again and never done twice. */
export const commandId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

/** Every message that a console can send. */
export const fromTeam = z.discriminatedUnion('t', [
  /** First message. `after`: seq of the last entry this console holds, 0 for none. `roles`: those of the last `welcome` or `reset`,
   *  with which it saw what it holds; when they changed meanwhile it is told to start anew. */
  z.strictObject({ t: z.literal('hello'), v: z.number().int(), after: z.number().int().nonnegative(), roles: z.array(role) }),
  /** The topic's command: an object with `type`; checked by the topic's own schema. */
  z.strictObject({ t: z.literal('command'), id: commandId, command: z.looseObject({ type: z.string().max(60) }) }),
  /** Offer of a new transport for this person's sound: at most one audio section to send, 1 to 12 to receive. */
  z.strictObject({ t: z.literal('offer'), req: z.number().int(), sdp: z.string().max(MAX_SDP_CHARS) }),
  /** Offer of a connection for pictures, apart from sound. `watch`: 1 to 4 video sections to receive. `camera`: one to send, while this
   *  person's scene camera is on. */
  z.strictObject({
    t: z.literal('picture-offer'),
    of: z.enum(['watch', 'camera']),
    req: z.number().int(),
    sdp: z.string().max(MAX_SDP_CHARS),
  }),
  z.strictObject({ t: z.literal('leave-pictures'), of: z.enum(['watch', 'camera']) }),
  /** This console hangs its sound up. */
  z.strictObject({ t: z.literal('leave-sound') }),
  /** Own microphone shut at the console itself; shown to all, never in the log. */
  z.strictObject({ t: z.literal('muted'), on: z.boolean() }),
  /** The key of this line's loudhailer is still held. Sent every RENEW_EVERY_MS; without it the loudhailer closes. */
  z.strictObject({ t: z.literal('holding'), lineId: idOf }),
  z.strictObject({ t: z.literal('beat') }),
]);
/** A message of a console, checked. */
export type FromTeam = z.infer<typeof fromTeam>;

/** How one leg does right now. Never in the log. */
export interface LegSignal {
  readonly state: 'connecting' | 'up' | 'amber' | 'lost' | 'ended';
  /** Decoded level, dBFS, -100 to 0. */
  readonly db: number;
  /** Packets missing in the last second. */
  readonly lost: number;
  readonly recording: boolean;
}

/** What everybody is shown of the moment. Replaced as a whole. */
export interface Signals {
  readonly at: number;
  readonly legs: Readonly<Record<string, LegSignal>>;
  /** Who has a console open, and whose microphone is shut at the console. */
  readonly present: readonly { readonly personId: string; readonly muted: boolean }[];
  /** What the far ends tell of themselves, by line. */
  readonly far: Readonly<
    Record<
      string,
      {
        readonly mic: string;
        readonly foreground: boolean;
        readonly battery?: number;
        readonly charging?: boolean;
        readonly network?: string;
        readonly moved?: boolean;
        readonly ring?: 'unable' | 'able' | 'rings';
        readonly open?: 'touch' | 'word';
        /** Echo cancellation of its microphone, as its browser says. */
        readonly echo?: boolean;
      }
    >
  >;
  /** Who hears whom now, as applied at the worker. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly why: string }[];
  readonly worker: 'up' | 'down' | 'none';
  /** False: the disk refuses; boards are read-only. */
  readonly logWritable: boolean;
  /** What took effect and waits for the log, oldest first. */
  readonly unlogged: readonly UnloggedEntry[];
}

/** A relay or address server, as a browser takes it. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** Every message that a console can get. */
export type ToTeam =
  /** `head`: seq of the newest entry. Entries up to it follow; a console that was ahead of it starts anew. */
  | {
      readonly t: 'welcome';
      readonly v: number;
      readonly you: { readonly personId: string; readonly name: string; readonly roles: readonly Role[] };
      readonly head: number;
      readonly ice: readonly IceServer[];
      readonly relayOnly: boolean;
    }
  /** In order, without gaps: each is the entry or its stub. */
  | { readonly t: 'entries'; readonly entries: readonly (Entry | Stub)[] }
  /** Your roles changed: forget what you hold; all entries follow again, as you may see them now. */
  | { readonly t: 'reset'; readonly roles: readonly Role[] }
  | { readonly t: 'ack'; readonly id: string; readonly seq: number }
  /** It took effect and is not in the log: the log cannot be written now. It is entered as soon as it can. */
  | { readonly t: 'unlogged'; readonly id: string }
  | { readonly t: 'refused'; readonly id: string; readonly refusal: Refusal }
  | { readonly t: 'answer'; readonly req: number; readonly sdp: string }
  | { readonly t: 'no-sound'; readonly req: number; readonly why: string; readonly next: string }
  | { readonly t: 'picture-answer'; readonly of: 'watch' | 'camera'; readonly req: number; readonly sdp: string }
  | { readonly t: 'no-picture'; readonly of: 'watch' | 'camera'; readonly req: number; readonly why: string; readonly next: string }
  /** The server sees no such connection of yours: offer it again. */
  | { readonly t: 'picture-offer-again'; readonly of: 'watch' | 'camera' }
  /** Which camera feeds each of your viewing slots, in the order of your offer. */
  | { readonly t: 'views'; readonly slots: readonly (string | null)[] }
  /** The server sees no sound path of yours: offer again. */
  | { readonly t: 'offer-again' }
  /** Who feeds each of your receiving slots, in the order of your offer. */
  | { readonly t: 'slots'; readonly slots: readonly (string | null)[] }
  | { readonly t: 'signals'; readonly signals: Signals }
  /** The address to hand out, as long as the server remembers it (the log holds its hash only). */
  | { readonly t: 'link'; readonly lineId: string; readonly url: string; readonly warning: string | null }
  | { readonly t: 'beat'; readonly at: number };
