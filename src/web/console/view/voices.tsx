// The elements that play what this console hears: one for each slot, in the page, and nothing else that sounds.
import { useEffect, useRef } from 'react';
import { isLineLeg } from '../store/names.ts';
import { useDesk } from './desk-context.ts';
import { useCell } from './hooks.ts';

/** Loudness of the live line while its past is played. */
const SOFT = 0.25;

interface VoiceProps {
  readonly slot: number;
  readonly track: MediaStreamTrack;
  readonly source: string | null;
  readonly isSoft: boolean;
}

function Voice({ slot, track, source, isSoft }: VoiceProps) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    element.srcObject = new MediaStream([track]);
    // The press on "Join the call" allows it; a newer track may interrupt it, which is no fault.
    element.play().catch(() => {});
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  useEffect(() => {
    if (ref.current !== null) ref.current.volume = isSoft ? SOFT : 1;
  }, [isSoft]);
  // biome-ignore lint/a11y/useMediaCaption: a live voice
  return <audio ref={ref} autoPlay data-slot={slot} data-source={source ?? ''} />;
}

export function Voices() {
  const { sound, again } = useDesk();
  const isPlaying = useCell(again.view, (view) => view.is === 'playing');
  const tracks = useCell(sound.tracks);
  const slots = useCell(sound.slots);
  // A slot is its place, whatever connection feeds it.
  const numbered = tracks.map((track, slot) => ({ track, slot }));
  return (
    <div hidden>
      {numbered.map(({ track, slot }) => (
        <Voice key={slot} slot={slot} track={track} source={slots[slot] ?? null} isSoft={isPlaying && isLineLeg(slots[slot] ?? '')} />
      ))}
    </div>
  );
}
