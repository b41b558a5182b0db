// Sender reports for the listening slots (RFC 3550 section 6.4.1). The low-level sending path does not make them.
import { type RTCRtpSender, RtcpSenderInfo, RtcpSrPacket } from 'werift';
import type { MediaClock } from '../../clock.ts';

/** One report a slot at this interval, in milliseconds. */
const REPORT_EVERY_MS = 5_000;
const NTP_EPOCH_OFFSET_S = 2_208_988_800;

interface SlotCount {
  packets: number;
  octets: number;
  lastTs: number;
  lastMonoMs: number;
}

/** Counts what each slot sent and reports it until stopped. */
export class SenderReports {
  readonly #clock: MediaClock;
  readonly #senders: () => readonly RTCRtpSender[];
  readonly #counts: SlotCount[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(clock: MediaClock, senders: () => readonly RTCRtpSender[]) {
    this.#clock = clock;
    this.#senders = senders;
    this.#timer = setInterval(() => this.#report(), REPORT_EVERY_MS);
    this.#timer.unref();
  }

  sent(slot: number, ts: number, octets: number): void {
    const count = this.#counts[slot] ?? { packets: 0, octets: 0, lastTs: 0, lastMonoMs: 0 };
    count.packets += 1;
    count.octets += octets;
    count.lastTs = ts;
    count.lastMonoMs = this.#clock.monoMs();
    this.#counts[slot] = count;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #report(): void {
    for (const [slot, sender] of this.#senders().entries()) {
      const count = this.#counts[slot];
      if (count === undefined || sender.dtlsTransport.state !== 'connected') continue;
      const sinceMs = this.#clock.monoMs() - count.lastMonoMs;
      const senderInfo = new RtcpSenderInfo({
        ntpTimestamp: ntpOf(this.#clock.wallMs()),
        rtpTimestamp: (count.lastTs + Math.round(sinceMs * 48)) >>> 0,
        packetCount: count.packets >>> 0,
        octetCount: count.octets >>> 0,
      });
      void sender.dtlsTransport.sendRtcp([new RtcpSrPacket({ ssrc: sender.ssrc, senderInfo })]).catch(() => undefined);
    }
  }
}

/** Wall clock in ms as a 64 bit NTP time. */
export function ntpOf(wallMs: number): bigint {
  const seconds = BigInt(Math.floor(wallMs / 1000) + NTP_EPOCH_OFFSET_S);
  const fraction = BigInt(Math.floor(((wallMs % 1000) / 1000) * 2 ** 32));
  return (seconds << 32n) | fraction;
}
