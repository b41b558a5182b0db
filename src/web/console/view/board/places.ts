// How the board `places` is shown.
import { placesTopic } from '../../../../core/incident/places.ts';
import { placeWords } from '../../words/places.ts';
import { PlacePlan } from '../places/place.tsx';
import { boardView } from './kind.ts';

export const placesView = boardView(placesTopic, { words: placeWords, More: PlacePlan });
