// How the board `pins` is shown: in words; they are set on the plan of their place.
import { pinsTopic } from '../../../../core/incident/places.ts';
import { pinWords } from '../../words/places.ts';
import { boardView } from './kind.ts';

/** The board of pins as the pages know it. */
export const pinsView = boardView(pinsTopic, { words: pinWords, adds: [] });
