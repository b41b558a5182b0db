// A list that only grows. Adding one costs the same however long it is, and what somebody holds of before stays as it was.
// No change, no removal: a topic whose rows change keeps them by their id instead.

/** The first `length` items of a store that later lists go on writing behind: nobody reads past his own length. */
export class Grown<T> implements Iterable<T> {
  readonly #items: T[];
  readonly length: number;

  private constructor(items: T[], length: number) {
    this.#items = items;
    this.length = length;
  }

  /** A list with nothing in it. */
  static empty<T>(): Grown<T> {
    return new Grown<T>([], 0);
  }

  /** A list with one more at its end. A second one grown from the same list goes its own way with a copy. */
  with(item: T): Grown<T> {
    const items = this.#items.length === this.length ? this.#items : this.#items.slice(0, this.length);
    items.push(item);
    return new Grown(items, this.length + 1);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let at = 0; at < this.length; at++) yield this.#items[at] as T;
  }

  /** The newest for which `is` holds: what is asked for is mostly near the end. */
  findLast(is: (item: T) => boolean): T | undefined {
    for (let at = this.length - 1; at >= 0; at--) if (is(this.#items[at] as T)) return this.#items[at];
    return undefined;
  }

  /** One value for each, oldest first. */
  map<U>(of: (item: T) => U): U[] {
    return Array.from(this, of);
  }

  /** As an array is written, so that a state written as JSON keeps its shape. */
  toJSON(): readonly T[] {
    return [...this];
  }
}
