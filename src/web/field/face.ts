// The paired phone as it is seen: one sentence, one big button, and a sign that cannot be missed while its microphone is open.
import { button, element } from '../line/elements.ts';
import type { Words } from '../line/words.ts';
import type { PhoneView, Stage } from './phone.ts';
import type { PhoneWords } from './words.ts';

export interface FaceActs {
  readonly onSetUp: () => void;
  readonly onAnswer: () => void;
  readonly onDecline: () => void;
  readonly onCall: () => void;
  readonly onTalk: () => void;
  readonly onEnd: () => void;
}

export interface Face {
  /** Before pairing. `problem`: why it cannot be. */
  showSetUp(problem: string | null): void;
  show(view: PhoneView): void;
  play(track: MediaStreamTrack): void;
  /** To be called inside a touch, so that sound may begin later without one. */
  unlock(): void;
}

interface Words2 {
  readonly line: Words;
  readonly phone: PhoneWords;
}

function sentence({ stage, open }: PhoneView, { line, phone }: Words2): string {
  const isShut = open === null;
  const by: Readonly<Record<Stage, string>> = {
    connecting: phone.lost,
    waiting: line.wait,
    standby: phone.ready,
    asked: phone.rings,
    ringing: phone.rings,
    opening: line.connecting,
    talking: isShut ? phone.hears : line.talk,
    held: line.held,
    lost: line.lost,
    gone: phone.notSetUp,
  };
  return by[stage];
}

const RINGS: readonly Stage[] = ['asked', 'ringing'];
const IN_CALL: readonly Stage[] = ['opening', 'talking', 'held', 'lost'];

/** Puts the phone's face into `main`. */
export function makeFace(main: HTMLElement, words: Words2, acts: FaceActs): Face {
  const { line, phone } = words;
  const live = element('p', 'live');
  live.setAttribute('role', 'status');
  live.textContent = phone.open;
  const sign = element('div', 'sign');
  sign.ariaHidden = 'true';
  const text = element('p', 'text');
  text.setAttribute('role', 'status');
  const trouble = element('p', 'trouble');
  trouble.setAttribute('role', 'alert');
  const setUp = button('big', phone.setUp, acts.onSetUp);
  const answer = button('big', phone.answer, acts.onAnswer);
  const decline = button('small', phone.decline, acts.onDecline);
  const call = button('big', phone.call, acts.onCall);
  const talk = button('big', phone.talk, acts.onTalk);
  const touch = button('small', phone.touch, () => {});
  const retry = button('small', line.retry, acts.onTalk);
  const end = button('end', line.end, acts.onEnd);
  const audio = element('audio', 'sound');
  audio.autoplay = true;
  audio.setAttribute('playsinline', '');
  const buttons = [setUp, answer, decline, talk, retry, touch, call, end];
  main.replaceChildren(live, sign, text, trouble, ...buttons, audio);

  const put = (into: HTMLElement, what: string) => {
    if (into.textContent !== what) into.textContent = what;
    into.hidden = what === '';
  };
  const only = (...shown: readonly HTMLElement[]) => {
    for (const one of buttons) one.hidden = !shown.includes(one);
  };

  const troubleOf = ({ stage, microphone, open, canRing }: PhoneView): string => {
    if (open !== null && microphone === 'denied') return line.denied;
    if (open !== null && microphone === 'dead') return line.noMicrophone;
    return canRing || stage === 'gone' ? '' : phone.touchHelp;
  };

  return {
    showSetUp: (problem) => {
      main.dataset['stage'] = problem === null ? 'start' : 'gone';
      live.hidden = true;
      put(text, problem ?? phone.setUpHelp);
      put(trouble, '');
      only(...(problem === null ? [setUp] : []));
    },
    show: (view) => {
      const { stage, open, microphone, canRing } = view;
      const isInCall = IN_CALL.includes(stage);
      main.dataset['stage'] = stage;
      main.dataset['microphone'] = open === null ? 'shut' : microphone;
      live.hidden = open === null;
      put(text, sentence(view, words));
      put(trouble, troubleOf(view));
      only(
        ...(RINGS.includes(stage) ? [answer, decline] : []),
        ...(isInCall ? [end] : []),
        ...(isInCall && open === null ? [talk] : []),
        ...(open !== null && (microphone === 'denied' || microphone === 'dead') ? [retry] : []),
        ...(stage === 'standby' ? [call] : []),
        ...(canRing || stage === 'gone' ? [] : [touch]),
      );
      if (!isInCall) audio.srcObject = null;
    },
    play: (track) => {
      audio.volume = 1;
      audio.srcObject = new MediaStream([track]);
      audio.play().catch(() => {});
    },
    unlock: () => {
      if (audio.srcObject === null) audio.srcObject = new MediaStream();
      audio.play().catch(() => {});
    },
  };
}
