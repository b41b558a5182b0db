// What texts and chat have in common: a list that stays at its end, and a field in which Enter sends.
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useKey } from '../keys.ts';
import { usePlace } from '../place.ts';

/** A list that scrolls by itself to what is new. `newest`: changes when there is something new. */
export function MessageList({ name, newest, children }: { readonly name: string; readonly newest: unknown; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: something new is what it is for
  useEffect(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [newest]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="scroll messages" role="log" aria-label={name} tabIndex={0} ref={box}>
      <ol>{children}</ol>
    </div>
  );
}

/** The field that a wish puts the hands into. */
export function useWished<T extends HTMLElement>(): RefObject<T | null> {
  const { wish } = usePlace();
  const field = useRef<T>(null);
  useEffect(() => {
    if (wish > 0) field.current?.focus();
  }, [wish]);
  return field;
}

/** Enter sends, Shift and Enter is a new line. */
export function onEnter(act: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };
}

/** A letter of the whole screen, as long as this is there. */
export function Letter({ letter, act }: { readonly letter: string; readonly act: () => void }) {
  useKey(letter, { down: act });
  return null;
}
