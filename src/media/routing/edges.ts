// The matrix of edges in force: its epoch, and the leases that close an edge when nobody renews it. Pure state, time is an argument.
import { EDGE_LEASE_MS } from '../../protocol/limits.ts';
import type { WorkerEdge } from '../../protocol/worker.ts';
import { WorkerFault } from '../fault.ts';

/** Who feeds a listener: unleased edges first, then in the order of the matrix. */
export interface WantedSource {
  readonly from: string;
  readonly leased: boolean;
}

/** One matrix at a time, with its leases. Times are monotonic, in milliseconds. */
export class EdgeTable {
  #epoch = 0;
  #edges: readonly WorkerEdge[] = [];
  #leaseEndsMonoMs = 0;
  #leasesOpen = false;

  get epoch(): number {
    return this.#epoch;
  }
  /** The whole matrix as it was set, closed leases included. */
  get edges(): readonly WorkerEdge[] {
    return this.#edges;
  }

  /** Replaces the matrix. @throws WorkerFault stale-epoch when `epoch` has not grown */
  set(epoch: number, edges: readonly WorkerEdge[], nowMonoMs: number): void {
    if (epoch <= this.#epoch) throw new WorkerFault('stale-epoch', `epoch ${epoch} is not above ${this.#epoch}`);
    this.#epoch = epoch;
    this.#edges = withoutDoubles(edges);
    this.#leasesOpen = true;
    this.#leaseEndsMonoMs = nowMonoMs + EDGE_LEASE_MS;
  }

  /** Renews the leases of this epoch. True when that opens edges which had closed. Another epoch renews nothing. */
  renew(epoch: number, nowMonoMs: number): boolean {
    if (epoch !== this.#epoch) return false;
    const reopened = !this.#leasesOpen;
    this.#leasesOpen = true;
    this.#leaseEndsMonoMs = nowMonoMs + EDGE_LEASE_MS;
    return reopened;
  }

  /** Closes the leases when their time is over. True when they close now. */
  expire(nowMonoMs: number): boolean {
    if (!this.#leasesOpen || nowMonoMs < this.#leaseEndsMonoMs) return false;
    this.#leasesOpen = false;
    return true;
  }

  /** The sources that may be heard by `to` now. */
  sourcesOf(to: string): WantedSource[] {
    const open = this.#edges.filter((edge) => edge.to === to && (this.#leasesOpen || !edge.leased));
    return [...open.filter((edge) => !edge.leased), ...open.filter((edge) => edge.leased)].map(({ from, leased }) => ({ from, leased }));
  }
}

/** One edge for each pair; an unleased one wins. */
function withoutDoubles(edges: readonly WorkerEdge[]): WorkerEdge[] {
  const byPair = new Map<string, WorkerEdge>();
  for (const edge of edges) {
    const key = `${edge.from}>${edge.to}`;
    if (byPair.get(key)?.leased !== false) byPair.set(key, edge);
  }
  return [...byPair.values()];
}
