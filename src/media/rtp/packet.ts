// What one sound packet is inside the worker, coming in and going out.
import type { RedCopy } from './red.ts';

/** A packet as it came from a far end. `payload` is one Opus packet and must not be changed. */
export interface RtpIn {
  readonly seq: number;
  /** 48 kHz samples, 32 bit, wrapping. */
  readonly ts: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
  readonly arrivalMonoMs: number;
  readonly arrivalWallMs: number;
  /** Taken from a later packet that carried a copy of it (RFC 2198). */
  readonly isCopy?: true;
}

/** A packet for one listening slot; the transport adds its own SSRC and payload type. */
export interface RtpOut {
  readonly seq: number;
  readonly ts: number;
  readonly marker: boolean;
  readonly payload: Uint8Array;
  /** The frame before it in this slot, when it is of the same source and no break lies between: what a copy may be made of. */
  readonly before?: RedCopy;
}
