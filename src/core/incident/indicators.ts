// Topic: signs of progress, of high risk and of suicide, each an observation with its source (doctrine 3.7 to 3.9). Nothing is added up:
// there is no weight, no sum and no field for a number.
import { z } from 'zod';
import { board } from './board.ts';
import { choice, name, text } from './fields.ts';

/** What may be observed, by the list that it stands in. The words of the page name each list's source. */
export const SIGNS = [
  'progress-calmer',
  'progress-longer-talk',
  'progress-tells-of-himself',
  'progress-released',
  'progress-weapon-given-up',
  'progress-nobody-hurt',
  'progress-static',
  'progress-routine',
  'progress-deadline-passed',
  'progress-other',
  'risk-several-stressors',
  'risk-dominance',
  'risk-earlier-like-it',
  'risk-trouble-with-same-victim',
  'risk-no-support',
  'risk-seeks-police',
  'risk-threat-or-injury',
  'risk-says-suicide',
  'risk-face-to-face',
  'risk-weapon-tied-on',
  'risk-more-aggressive',
  'risk-no-rapport',
  'risk-no-clear-demand',
  'risk-drink-or-drugs',
  'risk-other',
  'suicide-own-death-deadline',
  'suicide-gives-things-away',
  'suicide-denies-thoughts',
  'suicide-killed-someone-close',
  'suicide-claims-fatal-illness',
  'suicide-demands-without-escape',
  'suicide-recent-loss',
  'suicide-only-to-the-chief',
  'suicide-big-way-out',
  'suicide-goodbyes',
  'suicide-sudden-calm',
  'suicide-other',
] as const;

/** The board of indicators. */
export const indicatorsTopic = board({
  name: 'indicators',
  noun: 'indicator',
  fields: z.object({
    /** What was seen or heard. */
    seen: name(),
    sign: choice(SIGNS),
    more: text(),
  }),
  life: { first: 'seen', next: { seen: ['over'], over: ['seen'] } },
});
