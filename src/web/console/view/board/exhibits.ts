// How the board `exhibits` is shown.
import { exhibitsTopic } from '../../../../core/incident/exhibits.ts';
import { exhibitWords } from '../../words/exhibits.ts';
import { AddExhibit, ExhibitFile } from './exhibit.tsx';
import { boardView } from './kind.ts';

export const exhibitsView = boardView(exhibitsTopic, { words: exhibitWords, Add: AddExhibit, More: ExhibitFile });
