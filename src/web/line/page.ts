// The call page as it is seen: one button, one line of text. Builds elements; decides nothing.

import type { CallView, Stage } from './call.ts';
import type { Facing } from './camera.ts';
import { button, element } from './elements.ts';
import { makeTextsView } from './texts-view.ts';
import type { Words } from './words.ts';

export interface PageActs {
  readonly onCall: () => void;
  readonly onEnd: () => void;
  readonly onRetryMicrophone: () => void;
  readonly onCamera: (facing: Facing) => void;
  readonly onNoCamera: () => void;
  readonly onTurnCamera: () => void;
  /** The person sent a text. */
  readonly onWrite: (text: string) => void;
  /** What others see of the person. */
  readonly ownPicture: () => MediaStreamTrack | null;
}

export interface Page {
  /** Before the tap. `problem`: why no call can be made at all. */
  showStart(problem: string | null): void;
  show(view: CallView): void;
  /** Plays this track and nothing else. */
  play(track: MediaStreamTrack): void;
  /** Lets sound begin later without another tap. To be called inside a tap. */
  unlock(): void;
}

const TEXT: Readonly<Record<Stage, keyof Words>> = {
  microphone: 'microphone',
  connecting: 'connecting',
  waiting: 'wait',
  talking: 'talk',
  held: 'held',
  lost: 'lost',
  ended: 'ended',
  gone: 'gone',
};

/** The question whether one may be seen, and the sign that one is. */
function makeCameraPart(words: Words, acts: PageActs): { box: HTMLElement; show: (camera: CallView['camera']) => void } {
  const box = element('section', 'camera');
  const text = element('p', 'camera-text');
  text.setAttribute('role', 'status');
  const own = element('video', 'own');
  own.muted = true;
  own.autoplay = true;
  own.setAttribute('playsinline', '');
  const front = button('small', words.cameraFront, () => acts.onCamera('user'));
  const back = button('small', words.cameraBack, () => acts.onCamera('environment'));
  const no = button('small', words.cameraNo, acts.onNoCamera);
  const turn = button('small', words.cameraTurn, acts.onTurnCamera);
  const stop = button('small', words.cameraStop, acts.onNoCamera);
  box.append(text, own, front, back, no, turn, stop);
  box.hidden = true;
  const say: Readonly<Record<CallView['camera'], string>> = {
    asked: words.cameraAsk,
    starting: words.cameraStarting,
    on: words.cameraOn,
    denied: words.cameraDenied,
    off: '',
  };
  return {
    box,
    show: (camera) => {
      box.hidden = camera === 'off';
      box.dataset['camera'] = camera;
      if (text.textContent !== say[camera]) text.textContent = say[camera];
      for (const part of [front, back, no]) part.hidden = camera !== 'asked';
      for (const part of [turn, own]) part.hidden = camera !== 'on';
      stop.hidden = camera !== 'on' && camera !== 'starting';
      const track = camera === 'on' ? acts.ownPicture() : null;
      const shown = own.srcObject instanceof MediaStream ? own.srcObject.getVideoTracks()[0] : null;
      if (track !== (shown ?? null)) own.srcObject = track === null ? null : new MediaStream([track]);
    },
  };
}

/** Puts the page into `main`. */
export function makePage(main: HTMLElement, words: Words, acts: PageActs): Page {
  const sign = element('div', 'sign');
  sign.ariaHidden = 'true';
  const text = element('p', 'text');
  text.setAttribute('role', 'status');
  const notice = element('p', 'notice');
  notice.dir = 'auto';
  const heard = element('p', 'heard');
  heard.setAttribute('role', 'status');
  const trouble = element('p', 'trouble');
  trouble.setAttribute('role', 'alert');
  const call = button('big', words.call, acts.onCall);
  const retry = button('small', words.retry, acts.onRetryMicrophone);
  const hear = button('small', words.hear, () => void audio.play().then(() => (hear.hidden = true)));
  const end = button('end', words.end, acts.onEnd);
  const audio = element('audio', 'sound');
  audio.autoplay = true;
  audio.setAttribute('playsinline', '');
  const camera = makeCameraPart(words, acts);
  const texts = makeTextsView(words, acts.onWrite);
  main.replaceChildren(sign, text, heard, notice, trouble, camera.box, hear, retry, call, texts.box, end, audio);

  const put = (into: HTMLElement, what: string) => {
    if (into.textContent !== what) into.textContent = what;
    into.hidden = what === '';
  };

  const hush = () => {
    hear.hidden = true;
    audio.srcObject = null;
  };

  return {
    showStart: (problem) => {
      main.dataset['stage'] = problem === null ? 'start' : 'gone';
      put(text, problem ?? words.intro);
      put(notice, '');
      put(heard, '');
      put(trouble, '');
      for (const hidden of [retry, end, hear, camera.box, texts.box]) hidden.hidden = true;
      call.hidden = problem !== null;
    },
    show: ({ stage, microphone, isHeard, camera: picture, notice: said, texts: written }) => {
      const isOver = stage === 'ended' || stage === 'gone';
      main.dataset['stage'] = stage;
      put(text, words[TEXT[stage]]);
      const hasPath = stage === 'talking' || stage === 'held' || stage === 'lost';
      heard.dataset['on'] = String(isHeard);
      put(heard, !hasPath || microphone !== 'ok' ? '' : isHeard ? words.heard : words.notHeard);
      put(notice, isOver ? '' : said);
      const isMute = !isOver && (microphone === 'denied' || microphone === 'dead');
      put(trouble, !isMute ? '' : microphone === 'denied' ? words.denied : words.noMicrophone);
      retry.hidden = !isMute;
      end.hidden = isOver;
      camera.show(isOver ? 'off' : picture);
      texts.show(isOver ? null : written);
      call.hidden = stage !== 'ended';
      call.textContent = words.again;
      if (isOver) hush();
    },
    play: (track) => {
      audio.srcObject = new MediaStream([track]);
      audio.play().then(
        () => (hear.hidden = true),
        (fault: unknown) => {
          // A newer stream took its place; only a browser that wants a tap is of interest.
          hear.hidden = !(fault instanceof DOMException && fault.name === 'NotAllowedError');
        },
      );
    },
    unlock: () => {
      audio.srcObject = new MediaStream();
      audio.play().catch(() => {});
    },
  };
}
