// How the board `weapons` is shown.
import { weaponsTopic } from '../../../../core/incident/weapons.ts';
import { weaponWords } from '../../words/weapons.ts';
import { boardView } from './kind.ts';

export const weaponsView = boardView(weaponsTopic, {
  words: weaponWords,
  done: ['recovered'],
});
