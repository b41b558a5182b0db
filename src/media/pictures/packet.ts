// What one picture packet is inside the worker, coming in and going out. A picture of a camera is many packets.
import type { RtpIn, RtpOut } from '../rtp/packet.ts';

/** How pictures are packed. A camera has one of them for as long as its connection lives. */
export type PictureCodec = 'vp8' | 'h264';

/** Ticks of a picture's time stamp in one millisecond. */
export const TICKS_A_MS = 90;

/** A packet of a camera. `ts` counts 90,000 a second; `marker` is true on the last packet of a picture. */
export interface PictureIn extends RtpIn {
  readonly codec: PictureCodec;
  readonly marker: boolean;
}

/** A packet for one viewing slot; the transport adds its own SSRC and payload type. */
export interface PictureOut extends RtpOut {
  readonly codec: PictureCodec;
}
