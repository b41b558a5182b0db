// How the board `concessions` is shown.
import { concessionsTopic } from '../../../../core/incident/concessions.ts';
import { concessionWords } from '../../words/concessions.ts';
import { boardView } from './kind.ts';

export const concessionsView = boardView(concessionsTopic, { words: concessionWords });
