// How the board `hostages` is shown.
import { hostagesTopic } from '../../../../core/incident/hostages.ts';
import { hostageWords } from '../../words/hostages.ts';
import { boardView } from './kind.ts';

export const hostagesView = boardView(hostagesTopic, {
  words: hostageWords,
  done: ['released', 'escaped', 'dead'],
  marks: [
    { ask: 'prove-life', mark: 'proved', more: { proof: 'heard' }, act: 'Heard alive', shown: 'not' },
    { ask: 'prove-life', mark: 'proved', more: { proof: 'seen' }, act: 'Seen alive', shown: 'not' },
  ],
});
