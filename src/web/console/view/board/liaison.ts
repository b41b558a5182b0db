// How the board `liaison` is shown.
import { liaisonTopic } from '../../../../core/incident/liaison.ts';
import { liaisonWords } from '../../words/liaison.ts';
import { boardView } from './kind.ts';

export const liaisonView = boardView(liaisonTopic, {
  words: liaisonWords,
  done: ['over'],
});
