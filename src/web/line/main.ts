// Starts the call page: words, page, and a call when the person taps. Nothing is sent before that tap.
import { type Call, startCall } from './call.ts';
import { deviceCondition, keepAwake, onNetworkChange, silentTrack, watchBattery } from './device.ts';
import { loadDeviceKey } from './key.ts';
import { makePage } from './page.ts';
import { chooseWords } from './words.ts';

const { language, direction, words } = chooseWords(navigator.languages);
document.documentElement.lang = language;
document.documentElement.dir = direction;

const tokenNow = () => location.hash.slice(1);
const canCall = 'RTCPeerConnection' in window && window.isSecureContext && navigator.mediaDevices !== undefined;
const problem = () => (!canCall ? words.old : tokenNow() === '' ? words.incomplete : null);

let call: Call | null = null;

function begin(): void {
  call?.drop();
  page.unlock();
  keepAwake();
  watchBattery();
  call = startCall({
    token: tokenNow(),
    language,
    loadKey: loadDeviceKey,
    onView: page.show,
    onSound: page.play,
    silence: silentTrack,
    condition: deviceCondition,
  });
}

const main = document.querySelector('main') ?? document.body;
const page = makePage(main, words, {
  onCall: begin,
  onEnd: () => call?.end(),
  onRetryMicrophone: () => call?.retryMicrophone(),
  onCamera: (facing) => call?.allowCamera(facing),
  onNoCamera: () => call?.stopCamera(),
  onTurnCamera: () => call?.turnCamera(),
  onWrite: (text) => call?.write(text),
  ownPicture: () => call?.ownPicture() ?? null,
});
page.showStart(problem());
addEventListener('hashchange', () => {
  if (call === null) page.showStart(problem());
});
onNetworkChange(() => call?.networkChanged());
