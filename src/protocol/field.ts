// What crosses the socket of the subject's page (link or field phone). Imports nothing of ours: no word of the team can come through here.
// The page imports types only. Every message to the page is built from these schemas, which are an allow-list.
import { z } from 'zod';

const jwk = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().max(64), y: z.string().max(64) });

/** Every message that the subject's page can send. */
export const fromField = z.discriminatedUnion('t', [
  /** After a tap. `signature`: ECDSA P-256/SHA-256 (IEEE P1363, base64url) by the device key over the text of the server's nonce. */
  z.strictObject({
    t: z.literal('knock'),
    v: z.number().int(),
    token: z.string().max(128).optional(),
    key: jwk,
    signature: z.string().max(128),
    /** Language of the page, two small letters as in BCP 47. */
    language: z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .optional(),
  }),
  /** Offer of a new transport for this device's sound: one audio section to send, one to receive. */
  z.strictObject({ t: z.literal('offer'), req: z.number().int(), sdp: z.string().max(131_072) }),
  /** The person's answer to the question for a picture; `yes: false` also stops a camera that is on, at any time. */
  z.strictObject({ t: z.literal('camera'), yes: z.boolean() }),
  /** Offer of a connection of its own for the camera: one video section to send. Only while `camera` says `on`. */
  z.strictObject({ t: z.literal('camera-offer'), req: z.number().int(), sdp: z.string().max(131_072) }),
  /** Once a second. Battery 0 to 1 where the browser tells. The last three are a paired phone's: whether it was moved in the last
   *  seconds, whether it may sound (or does ring now), and what opened its microphone: a touch, or the other side's word. */
  z.strictObject({
    t: z.literal('beat'),
    mic: z.enum(['none', 'ok', 'dead', 'denied']),
    foreground: z.boolean(),
    battery: z.number().min(0).max(1).optional(),
    charging: z.boolean().optional(),
    network: z.string().max(40).optional(),
    moved: z.boolean().optional(),
    ring: z.enum(['unable', 'able', 'rings']).optional(),
    open: z.enum(['touch', 'word']).optional(),
    /** Whether the microphone's echo cancellation is on, as the browser says. */
    echo: z.boolean().optional(),
  }),
  /** A paired phone rings now, in sight and aloud. */
  z.strictObject({ t: z.literal('rang') }),
  /** It was answered: by a touch, or by itself. */
  z.strictObject({ t: z.literal('pick-up'), by: z.enum(['touch', 'itself']) }),
  z.strictObject({ t: z.literal('decline') }),
  /** The person at a paired phone wants to talk. */
  z.strictObject({ t: z.literal('call') }),
  /** The person wrote something. `id`: made by the page; the same one again is taken once. Sent again until `text-got` comes. */
  z.strictObject({ t: z.literal('text'), id: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/), text: z.string().min(1).max(1_000) }),
  /** The page shows text number `n`. */
  z.strictObject({ t: z.literal('text-shown'), n: z.number().int().positive() }),
  /** The person pressed "end". */
  z.strictObject({ t: z.literal('bye') }),
]);
/** A message of the subject's page, checked. */
export type FromField = z.infer<typeof fromField>;

/** Every message that the subject's page can get: the allow-list. */
export const toField = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('nonce'), v: z.number().int(), nonce: z.string() }),
  /** Please wait. Nothing else is said before admission; the page sends no sound. */
  z.strictObject({ t: z.literal('wait') }),
  /** Speak: the page offers now. `notice` is shown as text, in the language that the page asked for where there is one. */
  z.strictObject({
    t: z.literal('admitted'),
    notice: z.string(),
    echo: z.boolean(),
    ice: z.array(z.strictObject({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() })),
    relayOnly: z.boolean(),
    /** Left out: the microphone opens with the call. Else it opens by a touch only, or `now` without one. */
    microphone: z.enum(['touch', 'now']).optional(),
  }),
  /** To a paired phone: all is quiet, no sound path. */
  z.strictObject({ t: z.literal('standby') }),
  /** To a paired phone: ring, and say so. `itself`: after a while, answer. */
  z.strictObject({ t: z.literal('ring'), itself: z.boolean() }),
  /** To a phone in a call: what opens its microphone changed. */
  z.strictObject({ t: z.literal('microphone'), opens: z.enum(['touch', 'now']) }),
  z.strictObject({ t: z.literal('answer'), req: z.number().int(), sdp: z.string() }),
  /** asked: ask the person whether he may be seen. on: he said yes, the page offers its camera now. off: nothing is sent. */
  z.strictObject({ t: z.literal('camera'), is: z.enum(['off', 'asked', 'on']) }),
  z.strictObject({ t: z.literal('camera-answer'), req: z.number().int(), sdp: z.string() }),
  /** The camera's connection is gone as the server sees it: offer it again. */
  z.strictObject({ t: z.literal('camera-offer-again') }),
  /** The sound path is gone as the server sees it: offer again. */
  z.strictObject({ t: z.literal('offer-again') }),
  z.strictObject({ t: z.literal('held'), on: z.boolean() }),
  /** Whether what the microphone brings is listened to or recorded now; the page shows it. Said after `admitted` and at each change. */
  z.strictObject({ t: z.literal('heard'), on: z.boolean() }),
  /** Echo cancellation of the microphone, from now on: on for a loudspeaker, off for a phone at the ear. */
  z.strictObject({ t: z.literal('echo'), on: z.boolean() }),
  /** Words for the person, shown as text and nothing else. Comes again after each admission until the call is over; `n` tells it apart. */
  z.strictObject({ t: z.literal('text'), n: z.number().int(), text: z.string() }),
  /** The message of this id has been taken for good. */
  z.strictObject({ t: z.literal('text-got'), id: z.string() }),
  /** The call is over; the link may still work. */
  z.strictObject({ t: z.literal('ended') }),
  /** This link does not work (never did, or no more). Neutral, the same for every reason. */
  z.strictObject({ t: z.literal('gone') }),
  z.strictObject({ t: z.literal('beat') }),
]);
/** A message to the subject's page. */
export type ToField = z.infer<typeof toField>;
