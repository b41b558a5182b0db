// How the board `hooks` is shown.
import { hooksTopic } from '../../../../core/incident/hooks.ts';
import { hookWords } from '../../words/hooks.ts';
import { boardView } from './kind.ts';

export const hooksView = boardView(hooksTopic, {
  words: hookWords,
  done: ['failed'],
});
