// Calls the person back to the screen: by the page's title, and by two soft notes as long as somebody waits whom nobody has seen to.
import { useEffect, useRef } from 'react';
import { standing } from '../../../core/incident/alarms.ts';
import { ringingOf } from '../../../core/incident/queue.ts';
import { isCalledByTexts, unreadFor } from '../../../core/incident/texts.ts';
import type { IncidentState } from '../../../core/incident/topics.ts';
import { liveLine } from '../store/live.ts';
import type { Names } from '../store/names.ts';
import { isRungAt, maySound } from '../store/ring.ts';
import { messageWords } from '../words/messages.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMyId, useNames } from './desk-context.ts';
import { useCell } from './hooks.ts';

/** The notes come again at this interval as long as somebody waits, ms. */
const AGAIN_MS = 4_000;
/** Longer than the two notes, ms. */
const CUE_MS = 1_500;
const NOTES_HZ = [523, 659];
const NOTE_S = 0.16;
const LOUDNESS = 0.06;

function unreadCalls({ people, texts }: IncidentState, me: string): number {
  return isCalledByTexts(people, me) ? unreadFor(texts, me) : 0;
}

/** The most urgent thing to look at, or null. */
function callFor(state: IncidentState, me: string, names: Names): string | null {
  const alarm = standing(state.alarms).at(-1);
  if (alarm !== undefined) return messageWords.alarm.attention(alarm.word);
  const all = Object.values(state.lines.byId);
  const [caller] = ringingOf(state.lines);
  if (caller !== undefined) return words.attention.waits(names.line(caller.line.id));
  const lost = all.find((line) => line.state === 'lost');
  if (lost !== undefined) return words.attention.lost(names.line(lost.id));
  if (state.floor.offeredTo === me && me !== '') return words.attention.offered;
  const unread = unreadCalls(state, me);
  if (unread > 0) return messageWords.attention(unread);
  const troubled = all.find((line) => line.state !== 'closed' && (state.phones[line.id]?.alarms.length ?? 0) > 0);
  return troubled === undefined ? null : words.attention.phone(names.line(troubled.id));
}

function chime(context: AudioContext): void {
  NOTES_HZ.forEach((hz, place) => {
    const begin = context.currentTime + place * NOTE_S;
    const tone = new OscillatorNode(context, { frequency: hz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setTargetAtTime(LOUDNESS, begin, 0.01);
    volume.gain.setTargetAtTime(0, begin + NOTE_S * 0.6, 0.03);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + NOTE_S * 2);
  });
}

/** Sounds as long as `isOn`. */
function useChime(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const context = new AudioContext();
    chime(context);
    const timer = setInterval(() => chime(context), AGAIN_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [isOn]);
}

/** Sounds once when `count` has grown. `may`: it would be heard by nobody but this person. */
function useCue(count: number, may: boolean): void {
  const was = useRef(count);
  useEffect(() => {
    const isMore = count > was.current;
    was.current = count;
    if (!isMore || !may) return;
    const context = new AudioContext();
    chime(context);
    setTimeout(() => void context.close(), CUE_MS);
  }, [count, may]);
}

export function useAttention(): void {
  const desk = useDesk();
  const state = useIncident();
  const isJoined = useCell(desk.sound.view, (view) => view.isJoined);
  const call = callFor(state, useMyId(), useNames());
  useEffect(() => {
    document.title = call === null ? words.product : `● ${call}`;
    return () => {
      document.title = words.product;
    };
  }, [call]);
  const me = useMyId();
  const isQuiet = maySound(liveLine(state.lines) !== undefined, state.gear[me]?.output);
  useCue(unreadCalls(state, me) + standing(state.alarms).length, isJoined && isQuiet);
  const present = useCell(desk.signals, (now) => now?.present);
  const ringsHere = isRungAt(
    state.people,
    me,
    (present ?? []).map(({ personId }) => personId),
  );
  // While a line is live a loudspeaker would ring into it: who has one, or is not known to have none, sees title and strip.
  useChime(ringsHere && isQuiet && ringingOf(state.lines).length > 0);
}
