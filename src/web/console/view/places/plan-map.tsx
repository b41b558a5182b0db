// The picture of a plan with its pins: set and moved by pointer and by arrow keys. What is on its way is shown as not done yet.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Pin } from '../../../../core/incident/places.ts';
import { type Spot, stepped, under } from '../../store/spot.ts';
import { visible } from '../../store/visible.ts';
import { pinWords, planMapWords as w } from '../../words/places.ts';
import { Said } from '../said.tsx';

/** Thousandths that a pointer has to go before a press becomes a drag. */
const DRAG = 8;
const placed = ({ x, y }: Spot) => ({ left: `${x / 10}%`, top: `${y / 10}%` });

interface Held {
  readonly pinId: string;
  readonly spot: Spot;
}

interface PlanMapProps {
  readonly picture: { readonly src: string; readonly alt: string; readonly width: number; readonly height: number };
  readonly pins: readonly Pin[];
  /** Where the new pin is; null when none is being set. */
  readonly draft: Spot | null;
  readonly mayMove: boolean;
  readonly onDraft: (spot: Spot) => void;
  readonly onMove: (pin: Pin, to: Spot) => Promise<unknown>;
}

function Draft({ spot, onDraft }: { readonly spot: Spot; readonly onDraft: (spot: Spot) => void }) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <button
      ref={ref}
      type="button"
      className="pin pin-draft"
      style={placed(spot)}
      aria-label={w.newPin}
      onKeyDown={(event) => {
        const to = stepped(spot, event);
        if (to === null) return;
        event.preventDefault();
        onDraft(to);
      }}
    >
      <span className="pin-number">+</span>
    </button>
  );
}

interface PinButtonProps {
  readonly pin: Pin;
  readonly number: number;
  /** Where it is being moved to; null while it stands. */
  readonly to: Spot | null;
  readonly mayMove: boolean;
  readonly spotUnder: (event: PointerEvent) => Spot;
  readonly onTo: (to: Spot | null) => void;
  readonly onDone: (to: Spot) => void;
}

function PinButton({ pin, number, to, mayMove, spotUnder, onTo, onDone }: PinButtonProps) {
  const from = useRef<Spot | null>(null);
  const { x, y, label, kind } = pin.fields;
  const onKey = (event: KeyboardEvent) => {
    const next = stepped(to ?? { x, y }, event);
    const isEnd = to !== null && (event.key === 'Enter' || event.key === 'Escape');
    if (next === null && !isEnd) return;
    // Escape would close the window, Enter would press.
    event.preventDefault();
    if (next !== null) onTo(next);
    else if (event.key === 'Enter' && to !== null) onDone(to);
    else onTo(null);
  };
  const end = (event: PointerEvent) => {
    if (from.current === null) return;
    from.current = null;
    if (to !== null && event.type === 'pointerup') onDone(to);
    else onTo(null);
  };
  const moving = {
    onKeyDown: onKey,
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = spotUnder(event);
    },
    onPointerMove: (event: PointerEvent) => {
      if (from.current === null) return;
      const now = spotUnder(event);
      const isFar = Math.hypot(now.x - from.current.x, now.y - from.current.y) >= DRAG;
      if (to !== null || isFar) onTo(now);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
  return (
    <>
      {to !== null && <span className="pin pin-was" style={placed({ x, y })} aria-hidden="true" />}
      <button
        type="button"
        className={to === null ? 'pin' : 'pin pin-draft'}
        data-kind={kind}
        style={placed(to ?? { x, y })}
        aria-label={`${number}. ${visible(label)}, ${pinWords.choices?.kind?.[kind] ?? kind}`}
        {...(mayMove ? moving : {})}
      >
        <span className="pin-number">{number}</span>
        <span className="pin-label" aria-hidden="true">
          <Said text={label} />
        </span>
      </button>
    </>
  );
}

/** The picture with everything that stands on it. */
export function PlanMap({ picture, pins, draft, mayMove, onDraft, onMove }: PlanMapProps) {
  const map = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const spotUnder = (event: PointerEvent) => under(event, map.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1, height: 1 });
  const finish = async (pin: Pin, to: Spot) => {
    await onMove(pin, to);
    setHeld(null);
  };
  const moved = pins.find((pin) => pin.id === held?.pinId);
  return (
    <div className="plan-room">
      <div
        ref={map}
        className={draft === null ? 'plan-map' : 'plan-map is-setting'}
        style={{ '--shape': picture.width / picture.height } as object}
        onPointerDown={(event) => {
          if (draft !== null && event.target instanceof HTMLImageElement) onDraft(spotUnder(event));
        }}
      >
        <img src={picture.src} alt={picture.alt} width={picture.width} height={picture.height} draggable={false} />
        {pins.map((pin, i) => (
          <PinButton
            key={pin.id}
            pin={pin}
            number={i + 1}
            to={held?.pinId === pin.id ? held.spot : null}
            mayMove={mayMove && draft === null}
            spotUnder={spotUnder}
            onTo={(spot) => setHeld(spot === null ? null : { pinId: pin.id, spot })}
            onDone={(to) => void finish(pin, to)}
          />
        ))}
        {draft !== null && <Draft spot={draft} onDraft={onDraft} />}
      </div>
      <p role="status" className="plan-moving">
        {held !== null && moved !== undefined && (
          <>
            <Said text={w.moving(moved.fields.label)} />{' '}
            <button type="button" className="small" onClick={() => void finish(moved, held.spot)}>
              {w.moveHere}
            </button>
          </>
        )}
      </p>
    </div>
  );
}
