// The primary's card: one note at a time, not while the subject speaks. And the line in which coach and leader write it.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type Card, MAX_CARD_CHARS, mayWriteCard, openCards } from '../../../../core/incident/cards.ts';
import { legOfLine } from '../../../../core/incident/lines.ts';
import { holders } from '../../../../core/incident/people.ts';
import { makeCardHold } from '../../store/card-hold.ts';
import { liveLine } from '../../store/live.ts';
import { newRowId } from '../../store/row-id.ts';
import { messageWords } from '../../words/messages.ts';
import { useDesk, useIncident, useMyId, useMyRoles } from '../desk-context.ts';
import { KeyCap } from '../held.tsx';
import { clockText, useAsk, useTick } from '../hooks.ts';
import { Refused, Said } from '../said.tsx';
import { Letter } from './shared.tsx';

const w = messageWords.card;
const LOOK_MS = 200;

/** The note that may be seen now: not while he speaks. */
function useShownCard(open: readonly Card[]): Card | undefined {
  const { lines } = useIncident();
  const { signals } = useDesk();
  const [hold] = useState(makeCardHold);
  const live = liveLine(lines);
  const ids = open.map((card) => card.id);
  const shown = useTick(LOOK_MS, () => {
    const db = live === undefined ? null : (signals.get()?.legs[legOfLine(live.id)]?.db ?? -100);
    return hold.look(ids, db, performance.now());
  });
  return open.find((card) => card.id === shown);
}

function OwnCards({ open }: { readonly open: readonly Card[] }) {
  const shown = useShownCard(open);
  const asking = useAsk(useDesk());
  const told = useRef<string | null>(null);
  const shownId = shown?.id ?? null;
  const isNew = shown?.shownAt === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each note that comes onto the card
  useEffect(() => {
    if (shownId === null || !isNew || told.current === shownId) return;
    told.current = shownId;
    void asking.run({ type: 'tell-card-shown', cardId: shownId });
  }, [shownId, isNew]);
  const clear = () => shown !== undefined && void asking.run({ type: 'clear-card', cardId: shown.id });
  const waiting = open.length - (shown === undefined ? 0 : 1);
  const isHeldBack = open[0]?.id !== shownId;
  return (
    <section className="card-note" aria-label={w.label} data-held={isHeldBack || undefined}>
      {shown === undefined ? (
        <p className="soft">{w.waits}</p>
      ) : (
        <>
          <p className="card-text" role="status" dir="auto">
            <Said text={shown.text} />
          </p>
          <button type="button" className="primary" onClick={clear}>
            {w.clear} <KeyCap letter="G" />
          </button>
          <Letter letter="g" act={clear} />
          {isHeldBack ? <p className="soft">{w.waits}</p> : waiting > 0 && <p className="soft">{w.more(waiting)}</p>}
        </>
      )}
      <Refused refusal={asking.refusal} />
    </section>
  );
}

/** The primary's own card; nothing when there is no note. */
export function PrimaryCard() {
  const { cards } = useIncident();
  const isPrimary = useMyRoles().includes('primary');
  const open = openCards(cards);
  return isPrimary && open.length > 0 ? <OwnCards open={open} /> : null;
}

function Sent({ card }: { readonly card: Card }) {
  const asking = useAsk(useDesk());
  return (
    <li className="row">
      <span className="grow">
        <Said text={card.text} /> <span className="soft">{card.shownAt === null ? w.notShown : w.shown(clockText(card.shownAt))}</span>
      </span>
      <button type="button" className="quiet" onClick={() => void asking.run({ type: 'withdraw-card', cardId: card.id })}>
        {w.withdraw}
      </button>
      <Refused refusal={asking.refusal} />
    </li>
  );
}

/** Where coach and leader write to the primary. Nothing where the only primary is oneself. */
export function CardWriter() {
  const state = useIncident();
  const me = useMyId();
  const asking = useAsk(useDesk());
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const isThere = holders(state.people, 'primary').some((one) => one.personId !== me);
  if (!isThere || !mayWriteCard(state, me) || state.incident.closedAt !== null) return null;
  const open = openCards(state.cards);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const written = text.trim();
    if (written === '') return;
    const answer = await asking.run({ type: 'send-card', cardId: newRowId(), text: written });
    if (typeof answer === 'object' && !('refusal' in answer)) setText('');
  };
  return (
    <section className="card-writer" aria-label={w.field}>
      <form className="row" onSubmit={(event) => void send(event)}>
        <label className="grow">
          <span className="hidden-words">{w.field}</span>
          <input
            ref={field}
            dir="auto"
            value={text}
            maxLength={MAX_CARD_CHARS}
            placeholder={`${w.field} (P). ${w.hint}`}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        </label>
        {text !== '' && <span className="soft">{w.left(MAX_CARD_CHARS - text.length)}</span>}
        <button type="submit" aria-busy={asking.isBusy}>
          {w.send}
        </button>
      </form>
      <Letter letter="p" act={() => field.current?.focus()} />
      {open.length > 0 && (
        <ul>
          {open.slice(0, 2).map((card) => (
            <Sent key={card.id} card={card} />
          ))}
        </ul>
      )}
      <Refused refusal={asking.refusal} />
    </section>
  );
}
