// The listening side of one leg: its slots, what feeds them, and the silence that keeps them warm. Sends, but decides nothing about who hears whom.
import { FRAME_MS, SILENCE_20_MS } from '../rtp/opus.ts';
import type { RtpIn, RtpOut } from '../rtp/packet.ts';
import { SlotRewriter } from '../rtp/rewriter.ts';
import { type SlotPlan, samePlan } from './slots.ts';

/** Frames of silence after an edge closed, on a slot that need not stay warm. Falling silent at once would leave the old voice in the ear. */
const CLOSING_FRAMES = 10;
/** A source that sent nothing for this long is covered with silence until it sends again, in milliseconds. */
const STALLED_MS = 200;
/** Most frames made up at once after the process was held up. */
const MAX_CATCH_UP = 3;

/** Puts a packet on the wire; false when the leg has no path now. */
export type SendToSlot = (slot: number, packet: RtpOut) => boolean;

interface Slot {
  source: string | null;
  readonly rewriter: SlotRewriter;
  /** Frames of silence still owed; endless on warm slots. */
  owed: number;
  dueMonoMs: number;
}

export interface ListenerOptions {
  /** Every slot stays warm; otherwise only slot 0 does. */
  readonly warm: boolean;
  readonly random: () => number;
  readonly send: SendToSlot;
}

/** Slots of one far end, each one unbroken stream. `closeFor` before `openFor`, both between two packets. */
export class Listener {
  readonly #options: ListenerOptions;
  #slots: Slot[] = [];

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  get plan(): SlotPlan {
    return this.#slots.map((slot) => slot.source);
  }

  /** Sets how many slots the far end has; those that stay keep their numbering. */
  resize(count: number, nowMonoMs: number): void {
    this.#slots.length = Math.min(this.#slots.length, count);
    while (this.#slots.length < count) {
      const rewriter = new SlotRewriter({
        seq: Math.floor(this.#options.random() * 0x7fff),
        ts: Math.floor(this.#options.random() * 0xffff_ffff),
      });
      this.#slots.push({ source: null, rewriter, owed: this.#owedWhenIdle(this.#slots.length, 0), dueMonoMs: nowMonoMs });
    }
  }

  /** Takes away every source that the plan does not have in that slot. Nothing opens. */
  closeFor(plan: SlotPlan, nowMonoMs: number): void {
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.source === null || slot.source === plan[index]) continue;
      slot.source = null;
      slot.owed = this.#owedWhenIdle(index, CLOSING_FRAMES);
      slot.dueMonoMs = Math.min(Math.max(slot.rewriter.lastMonoMs + FRAME_MS, nowMonoMs), nowMonoMs + FRAME_MS);
    }
  }

  /** Lets the sources of the plan in. True when anything is other than before `before`. */
  openFor(plan: SlotPlan, before: SlotPlan, nowMonoMs: number): boolean {
    for (const [index, slot] of this.#slots.entries()) {
      const source = plan[index] ?? null;
      if (source === slot.source) continue;
      slot.source = source;
      slot.dueMonoMs = nowMonoMs + STALLED_MS;
    }
    return !samePlan(before, plan);
  }

  /** A packet of a source, to the slot that it feeds if any. `stream` names leg, transport and SSRC. */
  forward(source: string, stream: string, packet: RtpIn, nowMonoMs: number): void {
    for (const [index, slot] of this.#slots.entries()) {
      if (slot.source !== source) continue;
      // A copy is of a moment before: it must not be the first that an edge lets through.
      if (packet.isCopy && !slot.rewriter.isOn(stream)) return;
      const out = slot.rewriter.forward(stream, packet, nowMonoMs);
      if (out !== undefined) this.#options.send(index, out);
      slot.owed = this.#owedWhenIdle(index, CLOSING_FRAMES);
      slot.dueMonoMs = nowMonoMs + STALLED_MS;
      return;
    }
  }

  /** Sends the silence that is due. Call about every 10 ms. */
  tick(nowMonoMs: number): void {
    for (const [index, slot] of this.#slots.entries()) {
      let frames = 0;
      while (slot.owed > 0 && nowMonoMs >= slot.dueMonoMs && frames < MAX_CATCH_UP) {
        this.#options.send(index, slot.rewriter.silence(SILENCE_20_MS, slot.dueMonoMs));
        slot.owed -= 1;
        slot.dueMonoMs += FRAME_MS;
        frames += 1;
      }
      if (nowMonoMs >= slot.dueMonoMs) slot.dueMonoMs = nowMonoMs;
    }
  }

  #owedWhenIdle(index: number, closing: number): number {
    return this.#options.warm || index === 0 ? Number.POSITIVE_INFINITY : closing;
  }
}
