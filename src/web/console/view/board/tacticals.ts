// How the board `tacticals` is shown.
import { seesClock } from '../../../../core/incident/deadlines.ts';
import { ACKNOWLEDGERS, ANNOUNCERS, tacticalsTopic } from '../../../../core/incident/tacticals.ts';
import { tacticalWords } from '../../words/tacticals.ts';
import { boardView } from './kind.ts';

export const tacticalsView = boardView(tacticalsTopic, {
  words: tacticalWords,
  done: ['done', 'called-off'],
  due: { field: 'at', in: ['announced', 'acknowledged', 'overridden'], sees: seesClock },
  wants: (row, { roles }) => row.state === 'announced' && roles.some((role) => ACKNOWLEDGERS.includes(role)),
  adds: ANNOUNCERS,
});
