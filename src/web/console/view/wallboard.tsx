// The wallboard: what a commander reads from across the room. Nothing to press on it; what it shows is what the log and the sound server say.
import type { ReactNode } from 'react';
import { lineContacts } from '../../../core/incident/contacts.ts';
import { type Deadline, isRunning, seesClock } from '../../../core/incident/deadlines.ts';
import type { Viewer } from '../../../core/incident/topic.ts';
import type { IncidentState } from '../../../core/incident/topics.ts';
import { lightOf } from '../store/light.ts';
import { unsafeLine } from '../store/live.ts';
import { wallWords as w } from '../words/tools.ts';
import { lineStateWords, words } from '../words.ts';
import { BOARDS } from './board/list.ts';
import { useDesk, useIncident, useNames, useViewer } from './desk-context.ts';
import { clockText, durationText, useCell, useServerNow } from './hooks.ts';
import { Said } from './said.tsx';

/** Boards that are counted; the rest is read on the desk. */
const COUNTED = ['demands', 'promises', 'hostages', 'weapons', 'requests', 'decisions', 'tasks', 'deliveries'];
const SHOWN_DEADLINES = 3;

interface TileProps {
  readonly title: string;
  readonly name: string;
  readonly tone?: string;
  readonly children: ReactNode;
}

/** No landmark: the bar has some of the same names, and the headings are enough. */
function Tile({ title, name, tone = '', children }: TileProps) {
  return (
    <section className={`wall-tile wall-${name} ${tone}`}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function LineTile() {
  const desk = useDesk();
  const { lines } = useIncident();
  const names = useNames();
  const now = useServerNow(desk);
  const isLoaded = useCell(desk.store.view, (view) => view.isLoaded);
  const light = lightOf({ isLoaded, unsafe: lines.unsafe, ageMs: desk.dataAgeMs() });
  const line = unsafeLine(lines) ?? Object.values(lines.byId).find((one) => one.state !== 'closed');
  return (
    <Tile title={w.line} name="line" tone={`light-${light}`}>
      <p className="wall-huge">{words.light[light]}</p>
      <p className="wall-big">
        {line === undefined ? (
          w.noLine
        ) : (
          <>
            <Said text={names.line(line.id)} />: {lineStateWords[line.state]} <span data-clock>{durationText(now - line.since)}</span>
          </>
        )}
      </p>
    </Tile>
  );
}

function FloorTile() {
  const { floor } = useIncident();
  const names = useNames();
  return (
    <Tile title={w.floor} name="floor">
      <p className="wall-huge">{floor.holder === null ? words.floor.nobody : <Said text={names.person(floor.holder)} />}</p>
      {floor.offeredTo !== null && (
        <p className="wall-big">
          → <Said text={names.person(floor.offeredTo)} />
        </p>
      )}
    </Tile>
  );
}

/** When somebody was last in contact with him, wall clock in ms; `now` while a call goes on; null when nobody was. */
function lastContact({ lines, contacts }: IncidentState, now: number): number | null {
  const calls = lineContacts(lines, contacts);
  if (calls.some(({ endedAt }) => endedAt === null)) return now;
  const times = [
    ...calls.map(({ endedAt }) => endedAt),
    ...Object.values(contacts)
      .filter((row) => !row.withdrawn)
      .map(({ fields }) => fields.endedAt ?? fields.startedAt),
  ];
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function ContactTile() {
  const now = useServerNow(useDesk());
  const state = useIncident();
  const last = lastContact(state, now);
  const isNow = last !== null && last >= now;
  return (
    <Tile title={w.contact} name="contact" tone={isNow ? 'tone-act' : ''}>
      <p className="wall-huge">{last === null ? w.noContact : isNow ? w.contactNow : w.ago(durationText(now - last))}</p>
      {last !== null && !isNow && <p className="wall-big">{clockText(last)}</p>}
    </Tile>
  );
}

function DeadlinesTile({ viewer }: { readonly viewer: Viewer }) {
  const now = useServerNow(useDesk());
  const running = Object.values(useIncident().deadlines as Readonly<Record<string, Deadline>>)
    .flatMap((row) => (isRunning(row) && row.fields.dueAt !== null ? [{ row, dueAt: row.fields.dueAt }] : []))
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, SHOWN_DEADLINES);
  if (!seesClock(viewer)) return null;
  return (
    <Tile title={w.deadlines} name="deadlines" tone={running.some(({ dueAt }) => dueAt <= now) ? 'tone-alarm' : ''}>
      {running.length === 0 && <p className="wall-big">{w.noDeadlines}</p>}
      <ul>
        {running.map(({ row, dueAt }) => (
          <li key={row.id}>
            <span className="wall-big" data-clock>
              {dueAt <= now ? words.deadlines.over(durationText(now - dueAt)) : words.deadlines.left(durationText(dueAt - now))}
            </span>
            <p>
              <Said text={row.fields.words} />
            </p>
          </li>
        ))}
      </ul>
    </Tile>
  );
}

function CountsTile({ viewer }: { readonly viewer: Viewer }) {
  const incident = useIncident();
  const present = useCell(useDesk().signals, (now) => now?.present.length ?? 0);
  const now = useServerNow(useDesk());
  const { openedAt } = incident.incident;
  const counts = BOARDS.filter((view) => COUNTED.includes(view.name) && view.isFor(viewer)).map((view) => ({
    title: view.words.title,
    count: Object.values(view.rows(incident)).filter((row) => !row.withdrawn && !view.done.includes(row.state)).length,
  }));
  return (
    <Tile title={w.counts} name="counts">
      <dl>
        {[...counts, { title: w.here, count: present }].map(({ title, count }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {openedAt !== null && (
        <p>
          {w.open} {durationText(now - openedAt)}
        </p>
      )}
    </Tile>
  );
}

/** The tiles in their order. A new one is its line here. */
const TILES: readonly ((props: { readonly viewer: Viewer }) => ReactNode)[] = [LineTile, FloorTile, ContactTile, DeadlinesTile, CountsTile];

/** The whole wallboard. */
export function Wallboard() {
  const viewer = useViewer();
  return (
    <main className="wallboard" aria-label={w.title}>
      {TILES.map((One) => (
        <One key={One.name} viewer={viewer} />
      ))}
    </main>
  );
}
