// What the agency demands before something is opened on a far end: set once, at the incident's opening. No authority is known here.
import { z } from 'zod';

const demand = z.enum(['free', 'needs-authority']);
/** `free`: whoever may by his role. `needs-authority`: only under a recorded authority in force. */
export type Demand = z.infer<typeof demand>;

/** The three gates of an incident (design 4). */
export const gates = z.strictObject({ recording: demand, roomMonitor: demand, openMicrophone: demand });
export type Gates = z.infer<typeof gates>;

/** When the agency set nothing: recording with a notice is free, what reaches into a silent room is not. */
export const DEFAULT_GATES: Gates = { recording: 'free', roomMonitor: 'needs-authority', openMicrophone: 'needs-authority' };
