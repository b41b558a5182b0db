// How the board `roster` is shown.
import { rosterTopic } from '../../../../core/incident/roster.ts';
import { rosterWords } from '../../words/roster.ts';
import { boardView } from './kind.ts';

export const rosterView = boardView(rosterTopic, { words: rosterWords, done: ['left'] });
