// How the board `actions` is shown.
import { actionsTopic } from '../../../../core/incident/actions.ts';
import { actionWords } from '../../words/actions.ts';
import { boardView } from './kind.ts';

export const actionsView = boardView(actionsTopic, { words: actionWords });
