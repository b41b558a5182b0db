// Ids of rows that this console puts on a board.

/** A fresh id: 80 bits of luck. */
export function newRowId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `r${[...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')}`;
}
