// How the board `barbs` is shown.
import { barbsTopic } from '../../../../core/incident/barbs.ts';
import { barbWords } from '../../words/barbs.ts';
import { boardView } from './kind.ts';

export const barbsView = boardView(barbsTopic, { words: barbWords });
