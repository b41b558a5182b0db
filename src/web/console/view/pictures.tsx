// Pictures: a tile for each camera that this person may see, and this device as a scene camera. Sound is elsewhere.
import { useEffect, useRef, useState } from 'react';
import { cameraOfLine, camOfLine, camOfPerson, ownerOfCamera } from '../../../core/incident/cameras.ts';
import { isOver } from '../../../core/incident/incident.ts';
import type { Line } from '../../../core/incident/lines.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMyId, useMyRoles, useNames } from './desk-context.ts';
import { useAsk, useCell } from './hooks.ts';
import { Refused, Said } from './said.tsx';

/** No new frame for this long: what is seen is a standstill, ms. */
const STALLED_MS = 2_000;
const LOOK_MS = 250;

type TileState = 'waiting' | 'moving' | 'stalled' | 'off';

/** Whether new frames come, from the element itself: what the eye gets and nothing else. */
function useTileState(ref: React.RefObject<HTMLVideoElement | null>, isFed: boolean): TileState {
  const [state, setState] = useState<TileState>('waiting');
  useEffect(() => {
    let frames = -1;
    let since = performance.now();
    let wasFed = false;
    const timer = setInterval(() => {
      const element = ref.current;
      if (!isFed || element === null) return setState('off');
      const now = element.getVideoPlaybackQuality().totalVideoFrames;
      if (now !== frames) since = performance.now();
      if (frames >= 0 && now > frames) wasFed = true;
      frames = now;
      if (!wasFed) setState('waiting');
      else setState(performance.now() - since > STALLED_MS ? 'stalled' : 'moving');
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [ref, isFed]);
  return isFed ? state : 'off';
}

function Tile({ leg, track, name }: { readonly leg: string; readonly track: MediaStreamTrack | null; readonly name: string }) {
  const ref = useRef<HTMLVideoElement>(null);
  const state = useTileState(ref, track !== null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    element.srcObject = track === null ? null : new MediaStream([track]);
    if (track !== null) element.play().catch(() => {});
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <figure className="tile" data-camera={leg} data-state={state}>
      <video ref={ref} autoPlay muted playsInline aria-label={words.pictures.of(name)} />
      <figcaption>
        <Said text={name} /> <span className={state === 'moving' ? 'soft' : 'bad'}>{words.pictures.states[state]}</span>
      </figcaption>
    </figure>
  );
}

/** All tiles, subject first. A camera that is on and not shown here has its tile too, and says why. */
export function Tiles() {
  const { pictures, sound } = useDesk();
  const state = useIncident();
  const { cameras, lines } = state;
  const names = useNames();
  const myId = useMyId();
  const tracks = useCell(pictures.tracks);
  const slots = useCell(pictures.slots);
  const isJoined = useCell(sound.view, (view) => view.isJoined);
  const refused = useCell(pictures.refused);
  const legs = [
    ...Object.keys(cameras.byLine)
      .filter((id) => cameraOfLine(state, id)?.state === 'on')
      .map(camOfLine),
    ...Object.keys(cameras.scenes)
      .filter((id) => id !== myId)
      .map(camOfPerson),
  ];
  useEffect(() => pictures.watch(isJoined), [pictures, isJoined]);
  if (legs.length === 0) return null;
  const nameOf = (leg: string) => {
    const owner = ownerOfCamera(leg) ?? leg;
    return lines.byId[owner] === undefined ? words.pictures.scene(names.person(owner)) : names.line(owner);
  };
  return (
    <section className="tiles" aria-label={words.pictures.title}>
      {!isJoined && <p className="warn">{words.pictures.join}</p>}
      {legs.map((leg) => {
        const slot = slots.indexOf(leg);
        return <Tile key={leg} leg={leg} track={slot < 0 ? null : (tracks[slot] ?? null)} name={nameOf(leg)} />;
      })}
      <Refused refusal={refused} />
    </section>
  );
}

/** On a line card: ask for a picture, take the question back, stop the picture. */
export function LinePicture({ line }: { readonly line: Line }) {
  const desk = useDesk();
  const { run, isBusy, refusal } = useAsk(desk);
  const camera = cameraOfLine(useIncident(), line.id);
  const isCall = line.state === 'live' || line.state === 'held' || line.state === 'lost';
  if (!isCall) return null;
  const lineId = line.id;
  const w = words.pictures;
  return (
    <div className="row picture-acts">
      {camera === undefined ? (
        <button type="button" aria-busy={isBusy} onClick={() => void run({ type: 'ask-camera', lineId })}>
          {w.ask}
        </button>
      ) : (
        <>
          <span>{camera.state === 'asked' ? w.asked : w.on}</span>
          <button type="button" aria-busy={isBusy} onClick={() => void run({ type: 'stop-camera', lineId })}>
            {camera.state === 'asked' ? w.takeBack : w.stop}
          </button>
        </>
      )}
      <Refused refusal={refusal} />
    </div>
  );
}

/** This device as a scene camera, and who else has one on. */
export function SceneCamera() {
  const desk = useDesk();
  const { pictures } = desk;
  const { run, refusal } = useAsk(desk);
  const { cameras, incident } = useIncident();
  const myId = useMyId();
  const isLeader = useMyRoles().includes('leader');
  const names = useNames();
  const state = useCell(pictures.camera);
  const isOn = cameras.scenes[myId] !== undefined;
  const w = words.pictures;
  const start = () => {
    pictures.openCamera();
    void run({ type: 'start-scene-camera' });
  };
  const stop = (personId: string) => void run({ type: 'stop-scene-camera', personId });
  if (isOver(incident)) return null;
  const others = Object.keys(cameras.scenes).filter((id) => id !== myId);
  return (
    <div className="scene-camera">
      {isOn ? (
        <div className="row">
          <span className="bad">{state === 'on' ? w.mineOn : w.mineElsewhere}</span>
          {state !== 'on' && (
            <button type="button" onClick={() => pictures.openCamera()}>
              {w.useThis}
            </button>
          )}
          <button type="button" onClick={() => stop(myId)}>
            {w.stopMine}
          </button>
        </div>
      ) : (
        <button type="button" className="quiet" onClick={start}>
          {w.useThis}
        </button>
      )}
      {state === 'denied' && <p className="warn">{w.denied}</p>}
      {isLeader &&
        others.map((id) => (
          <button key={id} type="button" className="quiet" onClick={() => stop(id)}>
            {w.stopOf(names.person(id))}
          </button>
        ))}
      <Refused refusal={refusal} />
    </div>
  );
}
