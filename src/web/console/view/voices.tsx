// The elements that play what this console hears: one for each slot, in the page, and nothing else that sounds.
import { useEffect, useRef } from 'react';
import { useDesk } from './desk-context.ts';
import { useCell } from './hooks.ts';

function Voice({ slot, track, source }: { readonly slot: number; readonly track: MediaStreamTrack; readonly source: string | null }) {
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
  // biome-ignore lint/a11y/useMediaCaption: a live voice
  return <audio ref={ref} autoPlay data-slot={slot} data-source={source ?? ''} />;
}

export function Voices() {
  const { sound } = useDesk();
  const tracks = useCell(sound.tracks);
  const slots = useCell(sound.slots);
  // A slot is its place, whatever connection feeds it.
  const numbered = tracks.map((track, slot) => ({ track, slot }));
  return (
    <div hidden>
      {numbered.map(({ track, slot }) => (
        <Voice key={slot} slot={slot} track={track} source={slots[slot] ?? null} />
      ))}
    </div>
  );
}
