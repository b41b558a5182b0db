// Sizes, counts and times that both ends of a wire agree on. No logic.

/** Version of every wire protocol of Parley; a peer of another version is told to reload. */
export const PROTOCOL_VERSION = 1;
/** Largest message accepted on a team or field socket, in bytes. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Largest session description accepted, in characters. */
export const MAX_SDP_CHARS = 128 * 1024;
/** Longest free text in a command, in characters. */
export const MAX_TEXT_CHARS = 10_000;
/** A socket that sent nothing for this long is treated as gone, in milliseconds. */
export const SOCKET_SILENCE_MS = 6_000;
/** Both ends of a socket send a beat at this interval, in milliseconds. */
export const BEAT_EVERY_MS = 1_000;
/** A leg with no sound packet for this long is amber, in milliseconds. */
export const LEG_AMBER_MS = 600;
/** A leg with no sound packet for this long is lost, in milliseconds. */
export const LEG_LOST_MS = 2_000;
/** An audible edge that is not the floor's closes by itself when not renewed for this long, in milliseconds. */
export const EDGE_LEASE_MS = 1_000;
/** The server renews leases at this interval, in milliseconds. */
export const RENEW_EVERY_MS = 300;
/** File below the data folder that holds room for sound and log on a disk that is full otherwise (docs/decisions/0017). */
export const RESERVE_FILE = 'reserve.bin';
/** What a writer that met a full disk takes out of the reserve at once, in bytes: some four minutes of one voice. */
export const RESERVE_RELEASE_BYTES = 1024 * 1024;
/** Pictures are recorded only while more than this is free, in bytes: they stop before anything of the reserve is used. */
export const PICTURES_NEED_BYTES = 64 * 1024 * 1024;
/** Exit status of a server that has a setting it cannot use (`EX_CONFIG` of sysexits): starting it again would change nothing. */
export const EXIT_SETTINGS = 78;
