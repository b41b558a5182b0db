// Words of the board `indicators`.
import type { indicatorsTopic } from '../../../core/incident/indicators.ts';
import type { WordsOf } from './board.ts';

/** Words of this board. */
export const indicatorWords: WordsOf<typeof indicatorsTopic> = {
  title: 'Signs',
  one: 'a sign',
  add: 'Add a sign',
  empty: 'No sign written down yet. Write what was seen or heard, then choose what it may be a sign of.',
  help: 'Observations, each with its source. They are not added up: no number says how dangerous he is.',
  fields: { seen: 'What was seen or heard', sign: 'A sign of', more: 'More about it' },
  hints: { seen: 'what happened, not what it means' },
  choices: {
    sign: {
      // Doctrine 3.7; the word in brackets names the list that a sign comes from.
      'progress-calmer': 'Progress: fewer outbursts (NEG911)',
      'progress-longer-talk': 'Progress: talks longer (NEG911)',
      'progress-tells-of-himself': 'Progress: tells of himself and his reasons (NEG911)',
      'progress-released': 'Progress: somebody let go (NEG911)',
      'progress-weapon-given-up': 'Progress: a weapon given up (NEG911)',
      'progress-nobody-hurt': 'Progress: nobody held was hurt (NEG911)',
      'progress-static': 'Progress: nothing moves any more (NEG911)',
      'progress-routine': 'Progress: a routine has formed (NEG911)',
      'progress-deadline-passed': 'Progress: a deadline passed quietly (taught, no source)',
      'progress-other': 'Progress: something else',
      // Doctrine 3.8.
      'risk-several-stressors': 'High risk: several blows before (HRF91)',
      'risk-dominance': 'High risk: needs to rule over others (HRF91)',
      'risk-earlier-like-it': 'High risk: something like it before (HRF91)',
      'risk-trouble-with-same-victim': 'High risk: trouble with the same victim before (HRF91)',
      'risk-no-support': 'High risk: no family or friends to lean on (HRF91)',
      'risk-seeks-police': 'High risk: sought the clash with police (HRF91)',
      'risk-threat-or-injury': 'High risk: threatened or hurt the victim (HRF91)',
      'risk-says-suicide': 'High risk: says he wants to die (HRF91)',
      'risk-face-to-face': 'High risk: insists on meeting face to face (STRENTZ13)',
      'risk-weapon-tied-on': 'High risk: weapon tied to his body (STRENTZ13)',
      'risk-more-aggressive': 'High risk: grows more aggressive (STRENTZ13)',
      'risk-no-rapport': 'High risk: no contact grows (STRENTZ13)',
      'risk-no-clear-demand': 'High risk: no clear demand, or outrageous ones (STRENTZ13)',
      'risk-drink-or-drugs': 'High risk: drinks or takes drugs meanwhile (STRENTZ13)',
      'risk-other': 'High risk: something else',
      // Doctrine 3.9.
      'suicide-own-death-deadline': 'Suicide: a deadline for his own death (STRENTZ13)',
      'suicide-gives-things-away': 'Suicide: gives his things away (STRENTZ13, SBC15)',
      'suicide-denies-thoughts': 'Suicide: denies such thoughts (STRENTZ13)',
      'suicide-killed-someone-close': 'Suicide by police: just killed somebody close (SBC15)',
      'suicide-claims-fatal-illness': 'Suicide by police: says he is dying of an illness (SBC15)',
      'suicide-demands-without-escape': 'Suicide by police: demands, but no way out among them (SBC15)',
      'suicide-recent-loss': 'Suicide by police: a hard loss not long ago (SBC15)',
      'suicide-only-to-the-chief': 'Suicide by police: would come out to the one in charge only (SBC15)',
      'suicide-big-way-out': 'Suicide by police: wants to go with a bang (SBC15)',
      'suicide-goodbyes': 'Suicide: says goodbye (taught, no source)',
      'suicide-sudden-calm': 'Suicide: suddenly calm after distress (taught, no source)',
      'suicide-other': 'Suicide: something else',
    },
  },
  states: { seen: 'seen', over: 'no more' },
};
