// One board: its rows, what needs eyes first, what may be done with each, and the way to add one. Knows rows and no board by name.
import { useState } from 'react';
import { marksOf, type Row } from '../../../../core/incident/board.ts';
import { boardWords, confidenceWords, valueText } from '../../words/board.ts';
import { useDesk, useIncident, useMyId, useNames, useViewer } from '../desk-context.ts';
import { clockText, durationText, useAsk, useServerNow } from '../hooks.ts';
import { Refused, Said } from '../said.tsx';
import { type BoardView, dueOf, type Fields, isAlarmed, type MarkView } from './kind.ts';
import { AddDialog, asAsk, authorText, CorrectDialog, HistoryDialog, MoveDialog } from './row-dialogs.tsx';

interface RowProps {
  readonly view: BoardView;
  readonly row: Row<Fields>;
}

/** With more ways than these, or one that needs a word, the choice opens a window of its own. */
const MOST_KEYS = 2;

function Moves({ view, row, onMore }: RowProps & { readonly onMore: () => void }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const next = view.life?.next[row.state] ?? [];
  if (next.length === 0) return null;
  const needsMore = next.length > MOST_KEYS || next.some((to) => view.life?.noted?.includes(to) || view.life?.movers?.[to] !== undefined);
  if (needsMore)
    return (
      <button type="button" className="quiet small" onClick={onMore}>
        {boardWords.move}
      </button>
    );
  return (
    <>
      {next.map((to) => (
        <button
          key={to}
          type="button"
          className="quiet small"
          aria-busy={isBusy}
          onClick={() => void run(asAsk({ type: `move-${view.noun}`, rowId: row.id, to, note: '' }))}
        >
          → {view.words.states?.[to] ?? to}
        </button>
      ))}
      <Refused refusal={refusal} />
    </>
  );
}

function Mark({ row, mark }: { readonly row: Row<Fields>; readonly mark: MarkView }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const myId = useMyId();
  const isDone = mark.shown === 'names' && marksOf(row, mark.mark).some(({ by }) => by.kind === 'person' && by.personId === myId);
  if (isDone) return null;
  return (
    <>
      <button
        type="button"
        className="quiet small"
        aria-busy={isBusy}
        onClick={() => void run(asAsk({ type: mark.ask, rowId: row.id, note: '', ...mark.more }))}
      >
        {mark.act}
      </button>
      <Refused refusal={refusal} />
    </>
  );
}

function MarkText({ view, row, mark }: RowProps & { readonly mark: MarkView }) {
  const got = marksOf(row, mark.mark);
  const last = got.at(-1);
  const done = view.words.marks?.[mark.mark]?.done ?? mark.mark;
  if (last === undefined || mark.shown === 'not') return null;
  const said =
    mark.shown === 'count'
      ? `${got.length} × (${clockText(last.at)})`
      : got.map(({ by, at }) => `${authorText(by)} ${clockText(at)}`).join(', ');
  return (
    <p className="row-fact">
      <span className="soft">{done}:</span> <Said text={said} />
    </p>
  );
}

function Facts({ view, row }: RowProps) {
  const { person } = useNames();
  const [first, ...rest] = view.form;
  const shown = rest.filter(({ field, kind }) => kind !== 'link' && row.fields[field] !== '' && row.fields[field] !== null);
  const text = ({ field, kind }: BoardView['form'][number]) => valueText(view.words, { kind, field, value: row.fields[field], person });
  return (
    <>
      <strong className="row-name">{first !== undefined && <Said text={text(first)} />}</strong>
      {shown.map((one) => (
        <p key={one.field} className="row-fact">
          <span className="soft">{view.words.fields[one.field]}:</span> <Said text={text(one)} />
        </p>
      ))}
      {view.marks.map((mark) => (
        <MarkText key={mark.act} view={view} row={row} mark={mark} />
      ))}
    </>
  );
}

/** The time that is left; drawn anew every second, alone. */
function Clock({ view, row }: RowProps) {
  const now = useServerNow(useDesk());
  const dueAt = dueOf(view, row, useViewer());
  if (dueAt === null) return null;
  return (
    <span className={dueAt <= now ? 'clock clock-over' : 'clock clock-warn'} data-clock>
      {dueAt <= now ? boardWords.over(durationText(now - dueAt)) : boardWords.left(durationText(dueAt - now))}
    </span>
  );
}

function Standing({ view, row }: RowProps) {
  const word = row.history.findLast((change) => change.state !== undefined)?.note ?? '';
  return (
    <>
      <p className="row-basis soft">
        {row.withdrawn && <span className="tag">{boardWords.withdrawn}</span>}
        {row.state !== '' && !row.withdrawn && <span className="tag">{view.words.states?.[row.state] ?? row.state}</span>}
        {row.state !== '' && row.since !== row.at && <span>{clockText(row.since)}</span>}
        {word !== '' && <Said text={word} />}
      </p>
      <p className="row-basis soft">
        <span>{confidenceWords[row.confidence]}</span>
        <Said text={row.source === '' ? boardWords.noSource : row.source} />
        <span>
          <Said text={authorText(row.by)} /> {clockText(row.at)}
        </span>
      </p>
    </>
  );
}

function RowCard({ view, row, mayWrite }: RowProps & { readonly mayWrite: boolean }) {
  const [dialog, setDialog] = useState<'correct' | 'history' | 'move' | null>(null);
  const close = () => setDialog(null);
  const mayChange = mayWrite && !row.withdrawn;
  const isDone = view.done.includes(row.state);
  return (
    <li className={`board-row ${row.withdrawn ? 'is-withdrawn' : ''} ${isDone ? 'is-done' : ''}`} data-state={row.state}>
      <div className="row-main">
        <Facts view={view} row={row} />
        {view.More !== undefined && <view.More row={row} />}
        <Clock view={view} row={row} />
        <Standing view={view} row={row} />
      </div>
      <div className="row-acts">
        {mayChange && !isDone && view.marks.map((mark) => <Mark key={mark.act} row={row} mark={mark} />)}
        {mayChange && <Moves view={view} row={row} onMore={() => setDialog('move')} />}
        {mayChange && (
          <button type="button" className="quiet small" onClick={() => setDialog('correct')}>
            {boardWords.correct}
          </button>
        )}
        <button type="button" className="quiet small" onClick={() => setDialog('history')}>
          {boardWords.history}
          {row.history.length > 1 && ` (${row.history.length})`}
        </button>
      </div>
      {dialog === 'move' && <MoveDialog view={view} row={row} onClose={close} />}
      {dialog === 'correct' && <CorrectDialog view={view} row={row} onClose={close} />}
      {dialog === 'history' && <HistoryDialog view={view} row={row} onClose={close} />}
    </li>
  );
}

/** What stands elsewhere in the incident and belongs here: shown as it is, and summed up on request. */
function FoundRows({ view, onSumUp }: { readonly view: BoardView; readonly onSumUp: ((fields: Fields) => void) | null }) {
  const found = view.found?.(useIncident(), useNames().line) ?? [];
  const { person } = useNames();
  return found.map((one) => (
    <li key={one.id} className="board-row" data-found={one.id}>
      <div className="row-main">
        <strong className="row-name">
          <Said text={one.title} />
        </strong>
        {view.form.map(({ field, kind }) =>
          kind === 'time' ? (
            <p key={field} className="row-fact">
              <span className="soft">{view.words.fields[field]}:</span>{' '}
              {one.fields[field] === null ? boardWords.goesOn : valueText(view.words, { kind, field, value: one.fields[field], person })}
            </p>
          ) : null,
        )}
      </div>
      {onSumUp !== null && (
        <div className="row-acts">
          <button type="button" className="quiet small" onClick={() => onSumUp(one.fields)}>
            {boardWords.sumUp}
          </button>
        </div>
      )}
    </li>
  ));
}

/** What needs eyes stands first, then what is open, then what is done with; each in the order it came. */
function inOrder(view: BoardView, rows: readonly Row<Fields>[], seen: Parameters<typeof isAlarmed>[2]): readonly Row<Fields>[] {
  const rank = (row: Row<Fields>) => (view.done.includes(row.state) ? 2 : isAlarmed(view, row, seen) ? 0 : 1);
  return [0, 1, 2].flatMap((n) => rows.filter((row) => rank(row) === n));
}

function useOrdered(view: BoardView) {
  const desk = useDesk();
  const viewer = useViewer();
  const all = Object.values(view.rows(useIncident()));
  const now = Date.now() + desk.link.get().clockOffsetMs;
  return {
    standing: inOrder(
      view,
      all.filter((row) => !row.withdrawn),
      { viewer, now },
    ),
    withdrawn: all.filter((row) => row.withdrawn),
  };
}

/** One board, whole. */
export function Board({ view }: { readonly view: BoardView }) {
  const incident = useIncident();
  const { personId, roles } = useViewer();
  const mayWrite = view.mayWrite(incident, personId);
  const mayAdd = mayWrite && (view.adds === undefined || roles.some((role) => view.adds?.includes(role)));
  const [adding, setAdding] = useState<Fields | null>(null);
  const { standing, withdrawn } = useOrdered(view);
  return (
    <div className="board" data-board={view.name}>
      <header className="row spread">
        <p className="soft grow">{view.words.help}</p>
        {mayAdd && view.Add !== undefined && <view.Add onStart={setAdding} />}
        {mayAdd && view.Add === undefined && (
          <button type="button" className="primary" onClick={() => setAdding({})}>
            {view.words.add}
          </button>
        )}
      </header>
      {standing.length === 0 && <p className="empty-state">{view.words.empty}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by the keyboard, too */}
      <ul className="scroll board-rows" tabIndex={0} aria-label={view.words.title}>
        <FoundRows view={view} onSumUp={mayWrite ? setAdding : null} />
        {standing.map((row) => (
          <RowCard key={row.id} view={view} row={row} mayWrite={mayWrite} />
        ))}
        {withdrawn.length > 0 && (
          <li>
            <details>
              <summary>{boardWords.showWithdrawn(withdrawn.length)}</summary>
              <ul className="board-rows">
                {withdrawn.map((row) => (
                  <RowCard key={row.id} view={view} row={row} mayWrite={false} />
                ))}
              </ul>
            </details>
          </li>
        )}
      </ul>
      {adding !== null && <AddDialog view={view} start={adding} onClose={() => setAdding(null)} />}
    </div>
  );
}
