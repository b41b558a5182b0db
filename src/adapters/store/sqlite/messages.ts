// What passes between the store and its thread. Plain values only: they are copied.
import type { StoredLine, StoreFaultCode } from '../../../ports/store.ts';

/** Writes are made in the order sent, all that wait in one commit. */
export type Write =
  | { readonly op: 'append'; readonly stream: string; readonly after: number; readonly lines: readonly StoredLine[] }
  | { readonly op: 'put'; readonly kind: string; readonly key: string; readonly value: string }
  | { readonly op: 'delete'; readonly kind: string; readonly key: string };
/** Reads see every write that was sent before them. */
export type Read =
  | { readonly op: 'read'; readonly stream: string; readonly after: number; readonly limit: number }
  | { readonly op: 'streams' }
  | { readonly op: 'get'; readonly kind: string; readonly key: string }
  | { readonly op: 'list'; readonly kind: string };

export type Asked = { readonly id: number; readonly job: Write | Read | { readonly op: 'close' } };

/** A fault as it crosses the thread's border. `cause` is the driver's text. */
export interface FaultText {
  readonly code: StoreFaultCode;
  readonly message: string;
  readonly cause?: string;
}
/** A thread's answer to the question with this id: a value, or a fault. */
export type Answered = { readonly id: number; readonly value?: unknown; readonly fault?: FaultText };
