// The list of topics: an incident is what stands here. A new board is its own file and one line below.
import type { z } from 'zod';
import { actionsTopic } from './actions.ts';
import { alarmsTopic } from './alarms.ts';
import { authorityTopic } from './authority.ts';
import { barbsTopic } from './barbs.ts';
import { camerasTopic } from './cameras.ts';
import { cardsTopic } from './cards.ts';
import { carriersTopic } from './carriers.ts';
import { chatTopic } from './chat.ts';
import { comingOutTopic } from './coming-out.ts';
import { concessionsTopic } from './concessions.ts';
import { contactsTopic } from './contacts.ts';
import { coverageTopic } from './coverage.ts';
import { deadlinesTopic } from './deadlines.ts';
import { decisionsTopic } from './decisions.ts';
import { deliveriesTopic } from './deliveries.ts';
import { demandsTopic } from './demands.ts';
import { echoTopic } from './echo.ts';
import { exhibitsTopic } from './exhibits.ts';
import { factsTopic } from './facts.ts';
import { floorTopic } from './floor.ts';
import { gearTopic } from './gear.ts';
import { handingTopic } from './handing.ts';
import { headerTopic } from './header.ts';
import { hooksTopic } from './hooks.ts';
import { hostagesTopic } from './hostages.ts';
import { incidentTopic } from './incident.ts';
import { indicatorsTopic } from './indicators.ts';
import { lateTopic } from './late.ts';
import { leakTopic } from './leak.ts';
import { legsTopic } from './legs.ts';
import { liaisonTopic } from './liaison.ts';
import { liesTopic } from './lies.ts';
import { linesTopic } from './lines.ts';
import { monitorTopic } from './monitor.ts';
import { notesTopic } from './notes.ts';
import { noticeTopic } from './notice.ts';
import { numbersTopic } from './numbers.ts';
import { ordersTopic } from './orders.ts';
import { papersTopic } from './papers.ts';
import { peopleTopic } from './people.ts';
import { phonesTopic } from './phones.ts';
import { pinsTopic, placesTopic } from './places.ts';
import { promisesTopic } from './promises.ts';
import { readingTopic } from './reading.ts';
import { recordingTopic } from './recording.ts';
import { reliefTopic } from './relief.ts';
import { requestsTopic } from './requests.ts';
import { hoursTopic, rosterTopic } from './roster.ts';
import { tacticalsTopic } from './tacticals.ts';
import { tasksTopic } from './tasks.ts';
import { textsTopic } from './texts.ts';
import { themesTopic } from './themes.ts';
import { thirdsTopic } from './thirds.ts';
import { uploadsTopic } from './uploads.ts';
import { voiceTopic } from './voice.ts';
import { weaponsTopic } from './weapons.ts';
import { windowsTopic } from './windows.ts';

export const TOPICS = [
  incidentTopic,
  peopleTopic,
  linesTopic,
  phonesTopic,
  authorityTopic,
  monitorTopic,
  noticeTopic,
  floorTopic,
  windowsTopic,
  voiceTopic,
  legsTopic,
  recordingTopic,
  notesTopic,
  lateTopic,
  hooksTopic,
  factsTopic,
  indicatorsTopic,
  barbsTopic,
  themesTopic,
  demandsTopic,
  deadlinesTopic,
  promisesTopic,
  concessionsTopic,
  liesTopic,
  actionsTopic,
  weaponsTopic,
  hostagesTopic,
  requestsTopic,
  decisionsTopic,
  tasksTopic,
  liaisonTopic,
  contactsTopic,
  numbersTopic,
  thirdsTopic,
  deliveriesTopic,
  carriersTopic,
  coverageTopic,
  ordersTopic,
  gearTopic,
  leakTopic,
  echoTopic,
  readingTopic,
  camerasTopic,
  tacticalsTopic,
  rosterTopic,
  hoursTopic,
  papersTopic,
  reliefTopic,
  textsTopic,
  chatTopic,
  cardsTopic,
  alarmsTopic,
  headerTopic,
  uploadsTopic,
  exhibitsTopic,
  placesTopic,
  pinsTopic,
  comingOutTopic,
  handingTopic,
] as const;

type Topics = (typeof TOPICS)[number];
type Slices = { readonly [T in Topics as T['name']]: T['initial'] };
type CommandsOf<T> = T extends { commands: infer C }
  ? { [K in keyof C]: C[K] extends { schema: infer S extends z.ZodType } ? { readonly type: K } & z.input<S> : never }[keyof C]
  : never;
type EntriesOf<T> = T extends { entries: infer E }
  ? {
      [K in keyof E]: E[K] extends { schema: infer S extends z.ZodType } ? { readonly type: K; readonly payload: z.output<S> } : never;
    }[keyof E]
  : never;

/** Everything known of an incident: `reduce` of its log. `seq`: of the last entry, 0 before the first. */
export type IncidentState = Slices & { readonly seq: number };

/** Every command, as it comes over the wire: its type and its fields. */
export type Command = CommandsOf<Topics>;

/** Every entry's type with its payload. */
export type EntryBody = EntriesOf<Topics>;
