// What the place of work shows now: the log, a board, the texts or the chat. Anything on the screen may lead there.
import { createContext, useContext } from 'react';

/** The running log. */
export const LOG = 'log';
/** The thread with the subject. */
export const TEXTS = 'texts';
/** The team's chat. */
export const CHAT = 'chat';
/** Position papers, relief and hours. */
export const COMMAND = 'command';

export interface Place {
  readonly shown: string;
  /** `focus`: puts the hands into its field. */
  readonly show: (name: string, focus?: boolean) => void;
  /** Counts each wish for the field, so that the same wish again is one. */
  readonly wish: number;
}

export const PlaceContext = createContext<Place>({ shown: LOG, show: () => {}, wish: 0 });

/** Where the place of work is, and the way to lead it elsewhere. */
export function usePlace(): Place {
  return useContext(PlaceContext);
}
