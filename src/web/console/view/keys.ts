// Keys of the whole screen: one letter each, pressed or held. Silent while somebody writes or a dialog is open.
import { useEffect, useRef } from 'react';

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** What is printed on the key; on a keyboard of another script, where the letter would be. */
function letterOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  return /^[a-z]$/.test(key) ? key : event.code.replace('Key', '').toLowerCase();
}

export interface KeyActs {
  readonly down: () => void;
  /** The key was let go, or something else took the keyboard away. */
  readonly up?: () => void;
}

/** Listens for one letter, as long as the component is there. */
export function useKey(letter: string, acts: KeyActs): void {
  const now = useRef(acts);
  now.current = acts;
  useEffect(() => {
    let isDown = false;
    const up = () => {
      if (isDown) now.current.up?.();
      isDown = false;
    };
    const onDown = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || letterOf(event) !== letter) return;
      if (isWriting(event.target) || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      isDown = true;
      now.current.down();
    };
    const onUp = (event: KeyboardEvent) => {
      if (letterOf(event) === letter) up();
    };
    addEventListener('keydown', onDown);
    addEventListener('keyup', onUp);
    addEventListener('blur', up);
    document.addEventListener('visibilitychange', up);
    return () => {
      up();
      removeEventListener('keydown', onDown);
      removeEventListener('keyup', onUp);
      removeEventListener('blur', up);
      document.removeEventListener('visibilitychange', up);
    };
  }, [letter]);
}

/** Listens for one sign as it is typed, whatever keys make it: `/`. A key that writes nothing, `F2`, works while somebody writes, too. */
export function useSign(sign: string, act: () => void): void {
  useShortcut((event) => event.key === sign && !event.ctrlKey && !event.metaKey && (sign.length > 1 || !isWriting(event.target)), act);
}

/** Listens for a letter with Ctrl (or Cmd), also while somebody writes. */
export function useChord(letter: string, act: () => void): void {
  useShortcut((event) => (event.ctrlKey || event.metaKey) && !event.altKey && letterOf(event) === letter, act);
}

function useShortcut(isIt: (event: KeyboardEvent) => boolean, act: () => void): void {
  const now = useRef({ isIt, act });
  now.current = { isIt, act };
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      if (event.repeat || !now.current.isIt(event) || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      now.current.act();
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  }, []);
}
