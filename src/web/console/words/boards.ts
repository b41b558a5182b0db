// How the entries of all boards are said. A new board adds its line here.
import { actionsTopic } from '../../../core/incident/actions.ts';
import { barbsTopic } from '../../../core/incident/barbs.ts';
import { carriersTopic } from '../../../core/incident/carriers.ts';
import { concessionsTopic } from '../../../core/incident/concessions.ts';
import { contactsTopic } from '../../../core/incident/contacts.ts';
import { coverageTopic } from '../../../core/incident/coverage.ts';
import { deadlinesTopic } from '../../../core/incident/deadlines.ts';
import { decisionsTopic } from '../../../core/incident/decisions.ts';
import { deliveriesTopic } from '../../../core/incident/deliveries.ts';
import { demandsTopic } from '../../../core/incident/demands.ts';
import { exhibitsTopic } from '../../../core/incident/exhibits.ts';
import { factsTopic } from '../../../core/incident/facts.ts';
import { headerTopic } from '../../../core/incident/header.ts';
import { hooksTopic } from '../../../core/incident/hooks.ts';
import { hostagesTopic } from '../../../core/incident/hostages.ts';
import { indicatorsTopic } from '../../../core/incident/indicators.ts';
import { liaisonTopic } from '../../../core/incident/liaison.ts';
import { liesTopic } from '../../../core/incident/lies.ts';
import { numbersTopic } from '../../../core/incident/numbers.ts';
import { ordersTopic } from '../../../core/incident/orders.ts';
import { pinsTopic, placesTopic } from '../../../core/incident/places.ts';
import { promisesTopic } from '../../../core/incident/promises.ts';
import { requestsTopic } from '../../../core/incident/requests.ts';
import { rosterTopic } from '../../../core/incident/roster.ts';
import { tacticalsTopic } from '../../../core/incident/tacticals.ts';
import { tasksTopic } from '../../../core/incident/tasks.ts';
import { themesTopic } from '../../../core/incident/themes.ts';
import { thirdsTopic } from '../../../core/incident/thirds.ts';
import { weaponsTopic } from '../../../core/incident/weapons.ts';
import type { Names } from '../store/names.ts';
import { actionWords } from './actions.ts';
import { barbWords } from './barbs.ts';
import { boardSentences, calledIn, markSentence } from './board.ts';
import { carrierWords } from './carriers.ts';
import { concessionWords } from './concessions.ts';
import { contactWords } from './contacts.ts';
import { coverageWords } from './coverage.ts';
import { deadlineWords } from './deadlines.ts';
import { decisionWords } from './decisions.ts';
import { deliveryWords } from './deliveries.ts';
import { demandWords } from './demands.ts';
import { exhibitWords } from './exhibits.ts';
import { factWords } from './facts.ts';
import { headerWords } from './header.ts';
import { hookWords } from './hooks.ts';
import { hostageWords } from './hostages.ts';
import { indicatorWords } from './indicators.ts';
import { liaisonWords } from './liaison.ts';
import { lieWords } from './lies.ts';
import { numberWords } from './numbers.ts';
import { orderWords } from './orders.ts';
import { pinWords, placeWords } from './places.ts';
import { promiseWords } from './promises.ts';
import { requestWords } from './requests.ts';
import { rosterWords } from './roster.ts';
import { type Sentence, say } from './say.ts';
import { tacticalWords } from './tacticals.ts';
import { taskWords } from './tasks.ts';
import { themeWords } from './themes.ts';
import { thirdWords } from './thirds.ts';
import { weaponWords } from './weapons.ts';

/** Sentences for every entry of every board. */
export const boardsSentences = {
  ...boardSentences(hooksTopic, hookWords),
  ...boardSentences(barbsTopic, barbWords),
  ...boardSentences(demandsTopic, demandWords),
  'demand-repeated': markSentence(demandsTopic, demandWords, 'repeated'),
  ...boardSentences(deadlinesTopic, deadlineWords),
  'deadline-repeated': markSentence(deadlinesTopic, deadlineWords, 'repeated'),
  'deadline-warned': (p: { readonly rowId: string; readonly minutes: number }, names: Names): Sentence => [
    '→ DEADLINE ',
    ...calledIn(deadlinesTopic, deadlineWords, { names, rowId: p.rowId }),
    p.minutes === 0 ? ': ITS TIME HAS COME. Stay on the line.' : `: ${p.minutes} minutes or less`,
  ],
  ...boardSentences(promisesTopic, promiseWords),
  ...boardSentences(concessionsTopic, concessionWords),
  ...boardSentences(liesTopic, lieWords),
  ...boardSentences(actionsTopic, actionWords),
  ...boardSentences(weaponsTopic, weaponWords),
  ...boardSentences(hostagesTopic, hostageWords),
  'hostage-proved': (p: { readonly rowId: string; readonly proof: string }, names: Names): Sentence => [
    `${hostageWords.title}: `,
    ...calledIn(hostagesTopic, hostageWords, { names, rowId: p.rowId }),
    ` lives: ${hostageWords.choices?.proof?.[p.proof] ?? p.proof}`,
  ],
  ...boardSentences(factsTopic, factWords),
  ...boardSentences(themesTopic, themeWords),
  ...boardSentences(indicatorsTopic, indicatorWords),
  ...boardSentences(numbersTopic, numberWords),
  'number-tried': markSentence(numbersTopic, numberWords, 'tried'),
  ...boardSentences(contactsTopic, contactWords),
  ...boardSentences(decisionsTopic, decisionWords),
  'decision-received': markSentence(decisionsTopic, decisionWords, 'received'),
  ...boardSentences(requestsTopic, requestWords),
  'request-read': markSentence(requestsTopic, requestWords, 'read'),
  ...boardSentences(tasksTopic, taskWords),
  ...boardSentences(liaisonTopic, liaisonWords),
  ...boardSentences(deliveriesTopic, deliveryWords),
  ...boardSentences(thirdsTopic, thirdWords),
  ...boardSentences(carriersTopic, carrierWords),
  ...boardSentences(coverageTopic, coverageWords),
  ...boardSentences(ordersTopic, orderWords),
  ...boardSentences(tacticalsTopic, tacticalWords),
  ...boardSentences(rosterTopic, rosterWords),
  ...boardSentences(exhibitsTopic, exhibitWords),
  ...boardSentences(headerTopic, headerWords),
  ...boardSentences(placesTopic, placeWords),
  ...boardSentences(pinsTopic, pinWords),
  'upload-kept': (p: { readonly name: string; readonly by: { readonly name: string }; readonly carriedPlace: boolean }): Sentence => [
    ...say`file handed in by ${p.by.name}: ${p.name}`,
    p.carriedPlace ? ' (carried a location)' : '',
  ],
  'upload-read': (p: { readonly uploadId: string; readonly what: string }, names: Names): Sentence => [
    p.what === 'view' ? 'looked at ' : 'took the original of ',
    { said: names.upload(p.uploadId) },
  ],
  'jurisdiction-set': (p: { readonly jurisdiction: string }): Sentence => say`notices follow this law from now on: ${p.jurisdiction}`,
  'plan-written': (p: { readonly version: number; readonly steps: readonly string[] }): Sentence => [
    `wrote version ${p.version} of the coming-out plan, ${p.steps.length} steps; both teams sign it anew`,
  ],
  'plan-signed': (p: { readonly version: number; readonly side: string }): Sentence => [
    `signed version ${p.version} of the coming-out plan for the ${p.side} team`,
  ],
  'plan-approved': (p: { readonly version: number }): Sentence => [
    `→ COMING-OUT PLAN, version ${p.version}: both teams agree. The primary reads it, one step at a time.`,
  ],
  'plan-recalled': (p: { readonly version: number; readonly why: string; readonly isChanged: boolean }): Sentence => [
    `→ COMING-OUT PLAN, version ${p.version}: read no more of it. ${p.isChanged ? 'It is being changed.' : 'It was withdrawn'}`,
    ...(p.why === '' ? [] : [': ', { said: p.why }]),
  ],
  'step-marked': (p: { readonly step: number; readonly what: 'read' | 'repeated' | 'again' }): Sentence => [
    `step ${p.step + 1} of the coming-out plan: ${{ read: 'read to the person', repeated: 'he said it back', again: 'to be read again' }[p.what]}`,
  ],
};
