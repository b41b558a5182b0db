// Lines of a section that both kinds of sections keep as the far end wrote them. Text only.

const KEPT = /^(c=|a=(mid|ice-ufrag|ice-pwd|ice-options|fingerprint|setup|sendonly|recvonly|sendrecv|rtcp-mux|ssrc|msid)\b)/;

/** Lines of a section that are kept whatever it carries. */
export const keptLines = (lines: readonly string[]): string[] => lines.filter((line) => KEPT.test(line));
