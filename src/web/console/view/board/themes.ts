// How the board `themes` is shown.
import { themesTopic } from '../../../../core/incident/themes.ts';
import { themeWords } from '../../words/themes.ts';
import { boardView } from './kind.ts';

export const themesView = boardView(themesTopic, {
  words: themeWords,
  done: ['hurt'],
});
