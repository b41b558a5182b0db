// Buttons that act while or after they are held: by finger, mouse, Enter or Space, or the button's own letter.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useKey } from './keys.ts';

/** Handlers that turn every way of pressing into down and up. Everything unclear counts as up. */
function usePressing(down: () => void, up: () => void) {
  const isDown = useRef(false);
  const latestUp = useRef(up);
  latestUp.current = up;
  const begin = () => {
    if (isDown.current) return;
    isDown.current = true;
    down();
  };
  const end = () => {
    if (!isDown.current) return;
    isDown.current = false;
    latestUp.current();
  };
  const onEnd = useRef(end);
  onEnd.current = end;
  useEffect(() => {
    const away = () => onEnd.current();
    addEventListener('blur', away);
    addEventListener('pagehide', away);
    document.addEventListener('visibilitychange', away);
    return () => {
      away();
      removeEventListener('blur', away);
      removeEventListener('pagehide', away);
      document.removeEventListener('visibilitychange', away);
    };
  }, []);
  const isPressKey = (event: KeyboardEvent) => event.key === 'Enter' || event.key === ' ';
  return {
    begin,
    end,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
        if (event.button !== 0) return;
        try {
          event.currentTarget.setPointerCapture(event.pointerId);
        } catch {
          // The pointer is gone already: its end follows.
        }
        begin();
      },
      onPointerUp: end,
      onPointerCancel: end,
      onLostPointerCapture: end,
      onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
      onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
        if (!isPressKey(event) || event.repeat) return;
        event.preventDefault();
        begin();
      },
      onKeyUp: (event: KeyboardEvent<HTMLButtonElement>) => {
        if (isPressKey(event)) end();
      },
      onBlur: end,
    },
  };
}

interface LetterProps {
  readonly letter: string;
  readonly down: () => void;
  readonly up: () => void;
}

function Letter({ letter, down, up }: LetterProps) {
  useKey(letter.toLowerCase(), { down, up });
  return <KeyCap letter={letter} />;
}

/** The key that does the same; for the eye only. */
export function KeyCap({ letter }: { readonly letter: string }) {
  return (
    <span className="key" aria-hidden="true">
      {letter}
    </span>
  );
}

/** The second line of a button: describes it and is no part of its name. */
export function Help({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <span id={id} className="held-help" aria-hidden="true">
      {children}
    </span>
  );
}

interface HeldProps {
  readonly name: string;
  /** A second line; not part of the name. */
  readonly help?: ReactNode;
  readonly letter?: string;
  readonly className?: string;
  readonly isBusy?: boolean;
}

export interface HoldButtonProps extends HeldProps {
  readonly ms: number;
  readonly onHeld: () => void;
}

/** Acts once after it was held for `ms`; let go earlier, nothing happens. */
export function HoldButton({ name, help, letter, className = '', isBusy = false, ms, onHeld }: HoldButtonProps) {
  const helpId = useId();
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const act = useRef(onHeld);
  act.current = onHeld;
  const stop = () => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  const { begin, end, handlers } = usePressing(() => {
    setHeld(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setHeld(false);
      act.current();
    }, ms);
  }, stop);
  return (
    <button
      type="button"
      aria-describedby={helpId}
      aria-busy={isBusy}
      className={`held ${className} ${isHeld ? 'is-held' : ''}`}
      style={{ '--hold': `${ms}ms` } as object}
      {...handlers}
    >
      <span className="held-fill" aria-hidden="true" />
      <span className="held-name">
        {name} {letter !== undefined && <Letter letter={letter} down={begin} up={end} />}
      </span>
      {help !== undefined && <Help id={helpId}>{help}</Help>}
    </button>
  );
}

export interface TalkButtonProps extends HeldProps {
  readonly isOpen: boolean;
  readonly onDown: () => void;
  readonly onUp: () => void;
}

/** Acts while it is held. */
export function TalkButton({ name, help, letter, className = '', isOpen, onDown, onUp }: TalkButtonProps) {
  const helpId = useId();
  const { begin, end, handlers } = usePressing(onDown, onUp);
  return (
    <button
      type="button"
      aria-describedby={helpId}
      aria-pressed={isOpen}
      className={`talk ${className} ${isOpen ? 'is-open' : ''}`}
      {...handlers}
    >
      <span className="held-name">
        {name} {letter !== undefined && <Letter letter={letter} down={begin} up={end} />}
      </span>
      {help !== undefined && <Help id={helpId}>{help}</Help>}
    </button>
  );
}
