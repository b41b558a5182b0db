// The caller's way of sound: one path, replaced by a new one whenever it is in doubt, the old kept until the new one stands.
// Retries for ever. Knows no message of the socket and nothing of what is said.
import type { StackServer } from './ice.ts';
import { openPath, type Path } from './path.ts';
import { every, pauseMs, type Timing } from './timing.ts';

export interface SoundParts {
  readonly timing: Timing;
  readonly bindAddress?: string | undefined;
  readonly slots: number;
  /** Sends an offer; false when there is no way to send it now. */
  readonly offer: (req: number, sdp: string) => boolean;
  readonly onState: (state: SoundState, why: string) => void;
  /** One packet of a voice that is heard, in order, none twice. `stream` changes when its sender does. */
  readonly onPacket: (packet: Uint8Array, stream: string) => void;
}

/** none: never asked for, or closed. opening: on its way. up: sound flows. lost: it did, and is being made anew. */
export type SoundState = 'none' | 'opening' | 'up' | 'lost';

/** Servers and policy that the box named at admission. */
export interface Ways {
  readonly servers: readonly StackServer[];
  readonly relayOnly: boolean;
}

export interface Sound {
  /** Makes a new path now; the present one stays until the new one stands. */
  renew(ways?: Ways): void;
  /** There is a way for offers (again): makes a path if the present one does not stand. */
  wayIsBack(ways: Ways): void;
  answered(req: number, sdp: string): void;
  send(packet: Uint8Array, index: number): void;
  state(): SoundState;
  close(): void;
}

interface Link {
  readonly req: number;
  readonly path: Path;
  isUp: boolean;
  hasAnswer: boolean;
}

/** A new path that does not stand after this long is given up and tried again. */
const CONNECT_MS = 6_000;
/** The old one is closed this long after the new one stands, so that no word is cut. */
const OVERLAP_MS = 200;
/** No packet for this long on a path that says it stands: make a new one. The box sends packets in silence too. */
const STALL_MS = 3_000;

/** True when `seq` comes after `last`, 16 bit with wrap. */
const isAfter = (seq: number, last: number) => ((seq - last) & 0xffff) !== 0 && ((seq - last) & 0xffff) < 0x8000;

/** Makes the way of sound; nothing is opened before `renew` or `wayIsBack`. */
export function makeSound(parts: SoundParts): Sound {
  const { timing } = parts;
  let ways: Ways = { servers: [], relayOnly: false };
  let current: Link | null = null;
  let next: Link | null = null;
  let isOpen = false;
  let lastReq = 0;
  let tries = 0;
  let heardMs = 0;
  let isStalled = false;
  let state: SoundState = 'none';
  let stopRetry: () => void = () => {};
  let stopWatch: (() => void) | null = null;
  const lastSeq = new Map<string, number>();

  const stands = () => current?.isUp === true && !isStalled;

  const tell = (why: string) => {
    const now: SoundState = !isOpen ? 'none' : stands() ? 'up' : current === null ? 'opening' : 'lost';
    if (now === state) return;
    state = now;
    parts.onState(now, why);
  };

  const giveUpNext = (why: string) => {
    next?.path.close();
    next = null;
    tell(why);
    stopRetry();
    if (isOpen) stopRetry = timing.after(pauseMs(tries, timing.dice), () => !stands() && renew());
  };

  const promote = (link: Link) => {
    const old = current;
    current = link;
    next = null;
    tries = 0;
    heardMs = timing.now();
    isStalled = false;
    stopRetry();
    if (old !== null) timing.after(OVERLAP_MS, () => old.path.close());
    lastSeq.clear();
    // Told also when the old path still stood: it is another one.
    state = 'opening';
    tell('connected');
  };

  const down = (link: Link, why: string) => {
    link.isUp = false;
    if (link === next) return giveUpNext(why);
    if (link !== current) return;
    tell(why);
    if (next === null) renew();
  };

  const hear = (link: Link, stream: string, { seq, payload }: { readonly seq: number; readonly payload: Uint8Array }) => {
    if (link !== current) return;
    heardMs = timing.now();
    if (isStalled) {
      isStalled = false;
      tell('packets again');
    }
    const last = lastSeq.get(stream);
    if (last !== undefined && !isAfter(seq, last)) return;
    lastSeq.set(stream, seq);
    parts.onPacket(payload, stream);
  };

  const build = (): Link => {
    lastReq += 1;
    const req = lastReq;
    const path = openPath({
      ...ways,
      bindAddress: parts.bindAddress,
      slots: parts.slots,
      onOffer: (sdp) => {
        // No way out now: `wayIsBack` begins anew.
        if (link === next && !parts.offer(req, sdp)) giveUpNext('no way to offer');
      },
      onUp: () => {
        link.isUp = true;
        if (link === next) promote(link);
      },
      onDown: (why) => down(link, why),
      onSound: (slot, packet) => hear(link, `${req}/${slot}/${packet.ssrc}`, packet),
    });
    const link: Link = { req, path, isUp: false, hasAnswer: false };
    return link;
  };

  function renew(): void {
    isOpen = true;
    tries += 1;
    stopRetry();
    next?.path.close();
    const link = build();
    next = link;
    stopRetry = timing.after(CONNECT_MS, () => next === link && giveUpNext('no connection in time'));
    stopWatch ??= every(timing, 1_000, () => {
      if (current?.isUp !== true || timing.now() - heardMs < STALL_MS) return;
      isStalled = true;
      tell('no packets');
      if (next === null) renew();
    });
    tell('asked for');
  }

  return {
    renew: (told) => {
      ways = told ?? ways;
      renew();
    },
    wayIsBack: (told) => {
      ways = told;
      // An offer whose answer was lost with the old way waits for nothing.
      if (!stands() && next?.hasAnswer !== true) renew();
    },
    answered: (req, sdp) => {
      if (next === null || next.req !== req) return;
      next.hasAnswer = true;
      next.path.answered(sdp);
    },
    send: (packet, index) => {
      for (const link of [current, next]) link?.path.send(packet, index);
    },
    state: () => state,
    close: () => {
      isOpen = false;
      stopRetry();
      stopWatch?.();
      stopWatch = null;
      next?.path.close();
      current?.path.close();
      next = null;
      current = null;
      tell('closed');
    },
  };
}
