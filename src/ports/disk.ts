// Port: the volume of the data folder: how much is free on it, and the reserve that is kept for sound and log.

/** What a look at the volume shows, in bytes. */
export interface DiskLook {
  /** Free for this user. */
  readonly freeBytes: number;
  /** Held by the reserve. */
  readonly reserveBytes: number;
}

/** The volume and the reserve on it. Every call may fail with the system's error. */
export interface BoxDisk {
  look(): Promise<DiskLook>;
  /** Gives back this much of the reserve, or all that is left of it. */
  release(bytes: number): Promise<void>;
  /** Makes the reserve larger by this much. Takes nothing when the volume has not that much. */
  reserve(bytes: number): Promise<void>;
}
