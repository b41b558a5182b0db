// How the board `header` is shown.
import { headerTopic } from '../../../../core/incident/header.ts';
import { headerWords } from '../../words/header.ts';
import { boardView } from './kind.ts';

export const headerView = boardView(headerTopic, { words: headerWords });
