// Starts the phone page: with a pairing address it waits for one touch; a paired phone connects by itself.
import { deviceCondition, keepAwake, onNetworkChange, silentTrack, watchBattery } from '../line/device.ts';
import { loadDeviceKey } from '../line/key.ts';
import { chooseWords } from '../line/words.ts';
import { makeFace } from './face.ts';
import { fillScreen, registerWorker } from './install.ts';
import { makeMovement, watchMovement } from './movement.ts';
import { type Phone, startPhone } from './phone.ts';
import { makeRinger } from './ringer.ts';
import { phoneWords } from './words.ts';

const { language, direction, words } = chooseWords(navigator.languages);
document.documentElement.lang = language;
document.documentElement.dir = direction;

const tokenNow = () => location.hash.slice(1);
const canCall = 'RTCPeerConnection' in window && window.isSecureContext && navigator.mediaDevices !== undefined;
const ringer = makeRinger();
const movement = makeMovement();
let phone: Phone | null = null;
let isTouched = false;

const condition = () => {
  const moved = movement.moved(performance.now());
  return { ...deviceCondition(), ...(moved === null ? {} : { moved }) };
};

function start(token: string | undefined): void {
  watchBattery();
  phone = startPhone({
    token,
    loadKey: loadDeviceKey,
    ringer,
    isVisible: () => document.visibilityState === 'visible',
    onView: face.show,
    onSound: face.play,
    silence: silentTrack,
    // The address has done its work: whoever takes the phone finds no link in it.
    onPaired: () => history.replaceState(null, '', location.pathname),
    condition,
  });
}

/** The browser asks for the microphone once, here; nothing is kept open. A "no" is asked again at the first talk. */
async function allowMicrophone(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Every first touch gives what browsers give only inside one. */
function touched(): void {
  ringer.unlock();
  fillScreen();
  keepAwake();
  if (!isTouched) {
    face.unlock();
    watchMovement(movement, () => performance.now());
  }
  isTouched = true;
  phone?.changed('sight');
}

const main = document.querySelector('main') ?? document.body;
const face = makeFace(
  main,
  { line: words, phone: phoneWords(language) },
  {
    onSetUp: () => void allowMicrophone().then(() => start(tokenNow())),
    onAnswer: () => phone?.answer(),
    onDecline: () => phone?.decline(),
    onCall: () => phone?.call(),
    onTalk: () => phone?.talk(),
    onEnd: () => phone?.end(),
  },
);
addEventListener('click', touched, { capture: true });
document.addEventListener('visibilitychange', () => phone?.changed('sight'));
onNetworkChange(() => phone?.changed('network'));
registerWorker();
keepAwake();
if (!canCall) face.showSetUp(words.old);
else if (tokenNow() !== '') face.showSetUp(null);
else start(undefined);
