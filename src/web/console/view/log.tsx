// The running log in plain words, newest at the bottom, and the field for notes.
import { type FormEvent, type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import type { Actor, Entry } from '../../../core/incident/topic.ts';
import type { IncidentView } from '../store/incident-store.ts';
import { jump } from '../store/jump.ts';
import type { Names } from '../store/names.ts';
import { sentenceOf } from '../words/entries.ts';
import { words } from '../words.ts';
import { useDesk, useNames } from './desk-context.ts';
import { clockText, useAsk, useCell } from './hooks.ts';
import { RecordingsButton } from './recordings.tsx';
import { Refused, Said, Say } from './said.tsx';

type Filter = keyof typeof words.log.filters;
const FILTERS = Object.keys(words.log.filters) as readonly Filter[];

/** Of use to a reviewer, noise to a negotiator. */
const TECHNICAL = new Set([
  'leg-changed',
  'recording-started',
  'segment-closed',
  'digest-taken',
  'line-confirmed-silent',
  'gear-told',
  'texts-read',
  'card-shown',
]);
const SPOKEN = new Set(['mic-opened', 'mic-closed']);
/** Rows drawn at once; more on request. */
const PAGE = 150;

const passes: Readonly<Record<Filter, (entry: Entry) => boolean>> = {
  notes: (entry) => entry.type === 'note-written',
  main: (entry) => !TECHNICAL.has(entry.type) && !SPOKEN.has(entry.type),
  all: () => true,
};

function whoText(who: Actor): string {
  return who.kind === 'person' ? who.name : who.kind === 'device' ? words.log.subject : words.log.parley;
}

interface Wish {
  readonly filter: Filter;
  readonly count: number;
  /** Only entries up to this seq; null: up to the newest. */
  readonly upTo: number | null;
}

/** The last rows that pass, oldest first. Walks from the end: a long log costs no more than a short one. */
function lastOf(view: IncidentView, { filter, count, upTo }: Wish): { readonly rows: readonly Entry[]; readonly isMore: boolean } {
  const rows: Entry[] = [];
  for (let i = view.entries.length - 1; i >= 0; i -= 1) {
    const entry = view.entries[i];
    if (entry === undefined || (upTo !== null && entry.seq > upTo) || !passes[filter](entry)) continue;
    if (rows.length === count) return { rows: rows.reverse(), isMore: true };
    rows.push(entry);
  }
  return { rows: rows.reverse(), isMore: false };
}

// Names may change what a row says, and hardly ever do: the row is keyed by its sentence's inputs.
const Row = memo(function Row({ entry, names, isSought }: { readonly entry: Entry; readonly names: Names; readonly isSought: boolean }) {
  return (
    <li className={`entry entry-${entry.type} ${isSought ? 'is-sought' : ''}`} data-seq={entry.seq}>
      <time dateTime={new Date(entry.at).toISOString()}>{clockText(entry.at)}</time>
      <p>
        <span className="entry-who">
          <Said text={whoText(entry.who)} />
        </span>{' '}
        <span className="entry-text">
          <Say parts={sentenceOf(entry.type, entry.payload, names)} />
        </span>
      </p>
    </li>
  );
});

function NoteField() {
  const desk = useDesk();
  const { run, refusal } = useAsk(desk);
  const [text, setText] = useState('');
  const [pending, setPending] = useState<readonly string[]>([]);
  const write = async () => {
    const note = text.trim();
    if (note === '') return;
    setText('');
    setPending((all) => [...all, note]);
    const answer = await run({ type: 'write-note', text: note }, true);
    setPending((all) => all.filter((one) => one !== note));
    // A refused note is not lost: it stands in the field again.
    if (typeof answer === 'object' && 'refusal' in answer) setText((now) => (now === '' ? note : `${note}\n${now}`));
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void write();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void write();
  };
  return (
    <form className="note" onSubmit={submit}>
      {pending.map((note) => (
        <p key={note} className="pending">
          <Said text={note} /> <em>{words.log.writing}</em>
        </p>
      ))}
      <div className="row">
        <label className="grow">
          <span className="hidden-words">{words.log.note}</span>
          <textarea
            rows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKey}
            placeholder={words.log.noteHint}
            maxLength={10_000}
          />
        </label>
        <button type="submit" className="primary">
          {words.log.write}
        </button>
      </div>
      <Refused refusal={refusal} />
    </form>
  );
}

/** So many later entries stand below the one that is looked for. */
const BELOW = 40;

/** The entry that somebody looks for in this log, taken once. */
function useSought(isLoaded: boolean): { readonly seq: number | null; readonly forget: () => void } {
  const { incidentId } = useDesk();
  const wanted = useCell(jump);
  const [seq, setSeq] = useState<number | null>(null);
  useEffect(() => {
    if (wanted === null || wanted.incidentId !== incidentId || !isLoaded) return;
    setSeq(wanted.seq);
    jump.set(null);
  }, [wanted, incidentId, isLoaded]);
  return { seq, forget: () => setSeq(null) };
}

/** Stays at the newest row as long as the person has not scrolled away from it. */
function useSticky(newest: number) {
  const box = useRef<HTMLOListElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new newest row is what it is for
  useEffect(() => {
    if (isAtEnd && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [newest, isAtEnd]);
  useEffect(() => {
    const { current } = box;
    if (current === null || !isAtEnd) return;
    // The box changes its size with the window and with what stands around it.
    const watch = new ResizeObserver(() => {
      current.scrollTop = current.scrollHeight;
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, [isAtEnd]);
  const onScroll = () => {
    const { current } = box;
    if (current !== null) setAtEnd(current.scrollHeight - current.scrollTop - current.clientHeight < 40);
  };
  return { box, isAtEnd, onScroll, toEnd: () => setAtEnd(true), leaveEnd: () => setAtEnd(false) };
}

export function Log({ first }: { readonly first: Filter }) {
  const view = useCell(useDesk().store.view);
  const names = useNames();
  const [filter, setFilter] = useState<Filter>(first);
  const [count, setCount] = useState(PAGE);
  const { seq: sought, forget } = useSought(view.isLoaded);
  const { rows, isMore } = lastOf(view, { filter: sought === null ? filter : 'all', count, upTo: sought === null ? null : sought + BELOW });
  const { box, isAtEnd, onScroll, toEnd, leaveEnd } = useSticky(rows.at(-1)?.seq ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each entry that is looked for
  useEffect(() => {
    if (sought === null) return;
    leaveEnd();
    box.current?.querySelector(`[data-seq="${sought}"]`)?.scrollIntoView({ block: 'center' });
    box.current?.focus();
  }, [sought]);
  const choose = (one: Filter) => {
    forget();
    setFilter(one);
  };
  const toNewest = () => {
    forget();
    toEnd();
  };
  return (
    <div className={`log-body log-${filter}`}>
      <header className="row spread">
        <h2>{words.log.title}</h2>
        <div className="choice" role="radiogroup" aria-label={words.log.show}>
          {FILTERS.map((one) => (
            <label key={one} className={one === (sought === null ? filter : 'all') ? 'is-chosen' : ''}>
              <input type="radio" name="log-filter" checked={one === (sought === null ? filter : 'all')} onChange={() => choose(one)} />
              {words.log.filters[one]}
            </label>
          ))}
        </div>
        <RecordingsButton />
      </header>
      {rows.length === 0 && <p className="empty-state">{filter === 'notes' ? words.log.emptyNotes : words.log.empty}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <ol className="scroll entries" ref={box} onScroll={onScroll} tabIndex={0} aria-label={words.log.title}>
        {isMore && (
          <li>
            <button type="button" className="quiet" onClick={() => setCount(count + PAGE)}>
              {words.log.earlier}
            </button>
          </li>
        )}
        {rows.map((entry) => (
          <Row key={entry.seq} entry={entry} names={names} isSought={entry.seq === sought} />
        ))}
      </ol>
      {(!isAtEnd || sought !== null) && (
        <button type="button" className="to-newest" onClick={toNewest}>
          {words.log.newest}
        </button>
      )}
      <NoteField />
    </div>
  );
}
