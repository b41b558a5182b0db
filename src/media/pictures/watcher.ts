// The viewing side of one leg: its slots, which camera feeds each, and what was sent lately for those who lost it. Decides nothing about who sees whom.
import { type SlotPlan, samePlan } from '../routing/slots.ts';
import { seqDistance } from '../rtp/sequence.ts';
import type { PictureIn, PictureOut } from './packet.ts';
import { PictureRewriter } from './rewriter.ts';

/** Packets kept for each slot to be sent again: more than a second of a good picture. */
const KEPT_PACKETS = 512;

/** Puts a packet on the wire; false when the leg has no path now. */
export type SendPicture = (slot: number, packet: PictureOut) => boolean;

interface Slot {
  source: string | null;
  readonly rewriter: PictureRewriter;
  readonly kept: PictureOut[];
  waiting: boolean;
}

/** Slots of one far end, each one unbroken stream. `closeFor` before `openFor`, both between two packets. */
export class Watcher {
  readonly #send: SendPicture;
  readonly #random: () => number;
  #slots: Slot[] = [];

  constructor(options: { readonly send: SendPicture; readonly random: () => number }) {
    this.#send = options.send;
    this.#random = options.random;
  }

  get plan(): SlotPlan {
    return this.#slots.map((slot) => slot.source);
  }

  /** Sets how many slots the far end has. A new connection begins each slot with a key picture. */
  resize(count: number): void {
    this.#slots.length = Math.min(this.#slots.length, count);
    for (const slot of this.#slots) begin(slot, slot.source);
    while (this.#slots.length < count) {
      const start = { seq: Math.floor(this.#random() * 0x7fff), ts: Math.floor(this.#random() * 0xffff_ffff) };
      this.#slots.push({ source: null, rewriter: new PictureRewriter(start), kept: [], waiting: false });
    }
  }

  /** Takes away every camera that the plan does not have in that slot, and what is kept of it: nothing of it can be sent again. */
  closeFor(plan: SlotPlan): void {
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.source !== null && slot.source !== plan[index]) begin(slot, null);
    }
  }

  /** Lets the cameras of the plan in. True when anything is other than before `before`. */
  openFor(plan: SlotPlan, before: SlotPlan): boolean {
    for (const [index, slot] of this.#slots.entries()) {
      const source = plan[index] ?? null;
      if (source !== slot.source) begin(slot, source);
    }
    return !samePlan(before, plan);
  }

  /** A packet of a camera, to the slot that it feeds if any. `stream` names leg, transport and SSRC. */
  forward(source: string, stream: string, packet: PictureIn, nowMonoMs: number): void {
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.source !== source) continue;
      const out = slot.rewriter.forward(stream, packet, nowMonoMs);
      slot.waiting = slot.rewriter.isWaiting(stream);
      if (out === undefined) continue;
      slot.kept.push(out);
      if (slot.kept.length > KEPT_PACKETS) slot.kept.shift();
      this.#send(index, out);
    }
  }

  /** Sends again what the far end lost, as far as it is still there and its camera still feeds the slot. */
  again(index: number, seqs: readonly number[]): void {
    const slot = this.#slots[index];
    if (slot === undefined || slot.source === null) return;
    for (const seq of seqs) {
      const found = slot.kept.findLast((packet) => seqDistance(packet.seq, seq) === 0);
      if (found !== undefined) this.#send(index, found);
    }
  }

  /** The camera behind a slot, to ask it for a key picture. */
  sourceOf(index: number): string | null {
    return this.#slots[index]?.source ?? null;
  }

  /** Cameras that feed a slot which waits for a key picture. */
  waitingFor(): string[] {
    return this.#slots.flatMap((slot) => (slot.waiting && slot.source !== null ? [slot.source] : []));
  }
}

function begin(slot: Slot, source: string | null): void {
  slot.source = source;
  slot.rewriter.stop();
  slot.kept.length = 0;
  slot.waiting = source !== null;
}
