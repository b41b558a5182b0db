// Search over what was said and written: one field, one list, keys only. What may not be seen never comes here from the server.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Found, FoundEntry, Search } from '../../../protocol/search.ts';
import { ask } from '../store/http.ts';
import { jump } from '../store/jump.ts';
import { marked } from '../store/marked.ts';
import { type Trouble, troubleOf } from '../store/seat.ts';
import { visible } from '../store/visible.ts';
import { searchWords as w } from '../words/search.ts';
import { words } from '../words.ts';
import { BOARDS } from './board/list.ts';
import { useDesk, useIncident, useViewer } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { clockText } from './hooks.ts';
import { Refused, Said } from './said.tsx';

/** After the last key, before the server is asked, ms. */
const PAUSE_MS = 120;
const MINUTE_MS = 60_000;

const topicText = (topic: string) => BOARDS.find((view) => view.name === topic)?.words.title ?? w.topics[topic] ?? topic;
const dayText = (at: number) => new Date(at).toLocaleDateString([], { dateStyle: 'medium' });

function whoText({ who }: FoundEntry): string {
  return who.kind === 'person' ? who.name : who.kind === 'device' ? words.log.subject : words.log.parley;
}

interface Asked {
  readonly text: string;
  readonly isEverywhere: boolean;
  readonly topic: string;
  readonly by: string;
  readonly minutes: keyof typeof w.times;
}

const FIRST: Asked = { text: '', isEverywhere: false, topic: '', by: '', minutes: 'any' };

/** Asks when the person has stopped typing; an answer to an older question is passed over. */
function useFound(asked: Asked) {
  const desk = useDesk();
  const [found, setFound] = useState<Found | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const turn = useRef(0);
  const get = async (after: number | null) => {
    turn.current += 1;
    const mine = turn.current;
    const { text, isEverywhere, topic, by, minutes } = asked;
    const body: Search = {
      words: text,
      ...(topic === '' ? {} : { topic }),
      ...(by === '' ? {} : { by }),
      ...(minutes === 'any' ? {} : { from: Date.now() + desk.link.get().clockOffsetMs - Number(minutes) * MINUTE_MS }),
      ...(after === null ? {} : { after }),
    };
    setBusy(true);
    const answer = await ask<Found>('POST', isEverywhere ? '/api/search' : `/api/incidents/${desk.incidentId}/search`, body);
    if (mine !== turn.current) return;
    setBusy(false);
    setTrouble(troubleOf(answer));
    if (answer.is === 'done')
      setFound((old) => (after === null || old === null ? answer.value : { ...answer.value, hits: [...old.hits, ...answer.value.hits] }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when what is asked for changes, and by nothing else
  useEffect(() => {
    turn.current += 1;
    if (asked.text.trim() === '') {
      setFound(null);
      return;
    }
    const timer = setTimeout(() => void get(null), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  return { found, trouble, isBusy, more: () => get(found?.more ?? null) };
}

function Filters({ asked, onAsk }: { readonly asked: Asked; readonly onAsk: (change: Partial<Asked>) => void }) {
  const viewer = useViewer();
  const people = Object.values(useIncident().people);
  const others = Object.entries(w.topics);
  return (
    <div className="search-filters">
      <label>
        {w.where}
        <select
          value={asked.isEverywhere ? 'all' : 'here'}
          onChange={(event) => onAsk({ isEverywhere: event.currentTarget.value === 'all' })}
        >
          <option value="here">{w.here}</option>
          <option value="all">{w.everywhere}</option>
        </select>
      </label>
      <label>
        {w.board}
        <select value={asked.topic} onChange={(event) => onAsk({ topic: event.currentTarget.value })}>
          <option value="">{w.anyBoard}</option>
          {BOARDS.filter((view) => view.isFor(viewer)).map((view) => (
            <option key={view.name} value={view.name}>
              {view.words.title}
            </option>
          ))}
          {others.map(([topic, name]) => (
            <option key={topic} value={topic}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.by}
        <select value={asked.by} onChange={(event) => onAsk({ by: event.currentTarget.value })}>
          <option value="">{w.anybody}</option>
          {people.map((member) => (
            <option key={member.personId} value={member.personId}>
              {member.name}
            </option>
          ))}
          <option value="device">{w.device}</option>
          <option value="parley">{w.parley}</option>
        </select>
      </label>
      <label>
        {w.when}
        <select value={asked.minutes} onChange={(event) => onAsk({ minutes: event.currentTarget.value as Asked['minutes'] })}>
          {Object.entries(w.times).map(([minutes, name]) => (
            <option key={minutes} value={minutes}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const pieces = marked(visible(text), query).map((piece, place) => ({ ...piece, place }));
  return <bdi>{pieces.map((piece) => (piece.isHit ? <mark key={piece.place}>{piece.text}</mark> : piece.text))}</bdi>;
}

function Result({
  hit,
  query,
  isHere,
  onOpen,
}: {
  readonly hit: FoundEntry;
  readonly query: string;
  readonly isHere: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <li>
      <button type="button" className="search-hit" data-seq={hit.seq} onClick={onOpen}>
        <span className="soft">
          {dayText(hit.at)} {clockText(hit.at)} · {topicText(hit.topic)} · <Said text={whoText(hit)} />
          {!isHere && (
            <>
              {' '}
              · <Said text={hit.title} />
            </>
          )}
        </span>
        <span className="search-text">
          <Marked text={hit.text} query={query} />
        </span>
      </button>
    </li>
  );
}

/** Arrow keys go from the field into the list and along it. */
function alongHits(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.target instanceof HTMLSelectElement) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type="search"], .search-hit, .search-more')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  event.preventDefault();
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}

/** The window of the search. */
export function SearchDialog({ onClose }: { readonly onClose: () => void }) {
  const { incidentId } = useDesk();
  const [asked, setAsked] = useState<Asked>(FIRST);
  const { found, trouble, isBusy, more } = useFound(asked);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  const open = (hit: FoundEntry) => {
    jump.set({ incidentId: hit.incidentId, seq: hit.seq });
    onClose();
    if (hit.incidentId !== incidentId) location.hash = `incident=${encodeURIComponent(hit.incidentId)}`;
  };
  const openFirst = (event: KeyboardEvent) => {
    const first = found?.hits[0];
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || first === undefined) return;
    event.preventDefault();
    open(first);
  };
  return (
    <Dialog title={w.title} onClose={onClose} className="wide">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the field and the list inside */}
      <div className="search" onKeyDown={alongHits}>
        <label>
          <span className="hidden-words">{w.label}</span>
          <input
            ref={field}
            type="search"
            value={asked.text}
            placeholder={w.hint}
            maxLength={300}
            onKeyDown={openFirst}
            onChange={(event) => setAsked({ ...asked, text: event.currentTarget.value })}
          />
        </label>
        <Filters asked={asked} onAsk={(change) => setAsked({ ...asked, ...change })} />
        <Refused refusal={trouble} />
        <p role="status" className="soft">
          {found === null
            ? isBusy
              ? w.looking
              : w.start
            : found.hits.length === 0
              ? w.none
              : w.counted(found.hits.length, found.more !== null)}
          {found?.isWhole === false && ` ${w.notWhole}`}
        </p>
        <ul className="search-hits" aria-label={w.results}>
          {found?.hits.map((hit) => (
            <Result key={hit.place} hit={hit} query={asked.text} isHere={hit.incidentId === incidentId} onOpen={() => open(hit)} />
          ))}
          {found !== null && found.more !== null && (
            <li>
              <button type="button" className="quiet search-more" aria-busy={isBusy} onClick={() => void more()}>
                {w.more}
              </button>
            </li>
          )}
        </ul>
      </div>
    </Dialog>
  );
}
