// Port: machines of the practice call: a far end that rings up a link, and a coach that comes in by invitation. What they say is theirs.

/** Starts machines. A far end knows a link's address and nothing of the team; a coach comes by the team's own door. */
export interface Callers {
  /** Lets a simulated person open this address (the whole link, with its token). At most a few at once.
   *  @returns false when too many call already or none can be started. */
  call(address: string): boolean;
  /** Lets a machine coach come in by this invitation (the whole address, with its token), as a person of the team does.
   *  @returns false when too many coach already or none can be started. */
  coach(invitation: string): boolean;
  /** Ends all that were started. */
  stop(): void;
}
