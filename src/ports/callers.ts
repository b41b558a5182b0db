// Port: simulated far ends that ring up a link by themselves, for the practice call. What they say is theirs.

/** Starts simulated far ends. They know a link's address and nothing of the team. */
export interface Callers {
  /** Lets a simulated person open this address (the whole link, with its token). At most a few at once.
   *  @returns false when too many call already or none can be started. */
  call(address: string): boolean;
  /** Ends all that were started. */
  stop(): void;
}
