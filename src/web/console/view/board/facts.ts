// How the board `facts` is shown.
import { factsTopic } from '../../../../core/incident/facts.ts';
import { factWords } from '../../words/facts.ts';
import { boardView } from './kind.ts';

export const factsView = boardView(factsTopic, { words: factWords });
