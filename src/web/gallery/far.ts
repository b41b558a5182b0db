// The far end's pages in every state: the page of a link and the face of a field phone, standing still. Draws the product's own pages.
import '../line/line.css';
import '../field/field.css';
import { makeFace } from '../field/face.ts';
import type { PhoneView } from '../field/phone.ts';
import { phoneWords } from '../field/words.ts';
import type { CallView } from '../line/call.ts';
import { makePage } from '../line/page.ts';
import { chooseWords } from '../line/words.ts';

const NOTHING = () => {};
const asked = new URLSearchParams(location.search);
const name = asked.get('scene') ?? '';
const { language, direction, words } = chooseWords([asked.get('language') ?? 'en']);
document.documentElement.lang = language;
document.documentElement.dir = direction;

const CALL: CallView = { stage: 'talking', microphone: 'ok', isHeard: true, camera: 'off', notice: '', texts: null };
/** What the link's page shows, by scene; `start` and `old` are before a call. */
const LINE: Readonly<Record<string, Partial<CallView> | null>> = {
  start: null,
  old: null,
  microphone: { stage: 'microphone', microphone: 'none' },
  connecting: { stage: 'connecting' },
  waiting: { stage: 'waiting' },
  talking: { notice: 'This call may be recorded.' },
  'talking-denied': { microphone: 'denied' },
  'talking-dead': { microphone: 'dead' },
  held: { stage: 'held', isHeard: false },
  'held-monitored': { stage: 'held', isHeard: true, notice: 'This call may be recorded.' },
  lost: { stage: 'lost' },
  'camera-asked': { camera: 'asked', notice: 'This call may be recorded.' },
  'camera-on': { camera: 'on' },
  'camera-denied': { camera: 'denied' },
  ended: { stage: 'ended' },
  gone: { stage: 'gone' },
};
const PHONE: PhoneView = { stage: 'standby', microphone: 'none', open: null, canRing: true };
const FIELD: Readonly<Record<string, Partial<PhoneView> | null>> = {
  'set-up': null,
  connecting: { stage: 'connecting' },
  waiting: { stage: 'waiting' },
  standby: {},
  'standby-silent': { canRing: false },
  asked: { stage: 'asked' },
  ringing: { stage: 'ringing' },
  opening: { stage: 'opening' },
  talking: { stage: 'talking' },
  'talking-open': { stage: 'talking', open: 'touch', microphone: 'ok' },
  'talking-denied': { stage: 'talking', open: 'touch', microphone: 'denied' },
  held: { stage: 'held' },
  lost: { stage: 'lost' },
  gone: { stage: 'gone' },
};

function showLine(main: HTMLElement, scene: string): void {
  const page = makePage(main, words, {
    onCall: NOTHING,
    onEnd: NOTHING,
    onRetryMicrophone: NOTHING,
    onCamera: NOTHING,
    onNoCamera: NOTHING,
    onWrite: NOTHING,
    onTurnCamera: NOTHING,
    ownPicture: () => null,
  });
  const view = LINE[scene];
  if (view === null || view === undefined) page.showStart(scene === 'old' ? words.old : null);
  else page.show({ ...CALL, ...view });
}

function showField(main: HTMLElement, scene: string): void {
  const face = makeFace(
    main,
    { line: words, phone: phoneWords(language) },
    {
      onSetUp: NOTHING,
      onAnswer: NOTHING,
      onDecline: NOTHING,
      onCall: NOTHING,
      onTalk: NOTHING,
      onEnd: NOTHING,
    },
  );
  const view = FIELD[scene];
  if (view === null || view === undefined) face.showSetUp(null);
  else face.show({ ...PHONE, ...view });
}

const main = document.createElement('main');
const [page, scene = ''] = name.split(':');
if (page === 'line' || page === 'field') {
  main.id = page === 'line' ? 'call' : 'phone';
  (page === 'line' ? showLine : showField)(main, scene);
} else {
  const all = [...Object.keys(LINE).map((one) => `line:${one}`), ...Object.keys(FIELD).map((one) => `field:${one}`)];
  for (const one of all) {
    const link = document.createElement('a');
    link.dataset['scene'] = one;
    link.href = `?scene=${one}`;
    link.textContent = one;
    main.append(link, ' ');
  }
}
document.body.append(main);
document.documentElement.dataset['ready'] = name;
