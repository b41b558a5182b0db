// How the board `lies` is shown.
import { liesTopic } from '../../../../core/incident/lies.ts';
import { lieWords } from '../../words/lies.ts';
import { boardView } from './kind.ts';

export const liesView = boardView(liesTopic, { words: lieWords });
