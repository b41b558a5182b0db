// Arithmetic on the wrapping numbers of RTP (RFC 3550): 16 bit sequence numbers and 32 bit time stamps.

/** Signed distance from `a` to `b` in sequence numbers, -32768 to 32767. */
export const seqDistance = (a: number, b: number): number => ((b - a) << 16) >> 16;

/** Signed distance from `a` to `b` in time stamps, in samples. */
export const tsDistance = (a: number, b: number): number => (b - a) | 0;

/** `a + b` as a 16 bit sequence number. */
export const seqAdd = (a: number, b: number): number => (a + b) & 0xffff;

/** `a + b` as a 32 bit time stamp. */
export const tsAdd = (a: number, b: number): number => (a + b) >>> 0;
