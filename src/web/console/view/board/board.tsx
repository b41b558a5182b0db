// One board: its rows, newest last, what may be done with each, and the way to add one. Knows rows and no board by name.
import { useState } from 'react';
import type { Row } from '../../../../core/incident/board.ts';
import type { Ask } from '../../store/commands.ts';
import { boardWords, confidenceWords, valueText } from '../../words/board.ts';
import { useDesk, useIncident, useMyId } from '../desk-context.ts';
import { clockText, useAsk } from '../hooks.ts';
import { Refused, Said } from '../said.tsx';
import type { BoardView, Fields } from './kind.ts';
import { AddDialog, authorText, CorrectDialog, HistoryDialog } from './row-dialogs.tsx';

interface RowProps {
  readonly view: BoardView;
  readonly row: Row<Fields>;
  readonly mayWrite: boolean;
}

function Moves({ view, row }: Omit<RowProps, 'mayWrite'>) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const next = view.next[row.state] ?? [];
  return (
    <>
      {next.map((to) => (
        <button
          key={to}
          type="button"
          className="quiet small"
          aria-busy={isBusy}
          onClick={() => void run({ type: `move-${view.noun}`, rowId: row.id, to, note: '' } as unknown as Ask)}
        >
          → {view.words.states?.[to] ?? to}
        </button>
      ))}
      <Refused refusal={refusal} />
    </>
  );
}

function Facts({ view, row }: Omit<RowProps, 'mayWrite'>) {
  const [first, ...rest] = view.form;
  const shown = rest.filter(({ field }) => row.fields[field] !== '' && row.fields[field] !== null && row.fields[field] !== false);
  return (
    <>
      <strong className="row-name">
        <Said text={valueText(view.words, first?.field ?? '', row.fields[first?.field ?? ''])} />
      </strong>
      {shown.map(({ field }) => (
        <p key={field} className="row-fact">
          <span className="soft">{view.words.fields[field]}:</span> <Said text={valueText(view.words, field, row.fields[field])} />
        </p>
      ))}
    </>
  );
}

function RowCard({ view, row, mayWrite }: RowProps) {
  const [dialog, setDialog] = useState<'correct' | 'history' | null>(null);
  const close = () => setDialog(null);
  const isDone = view.done.includes(row.state);
  return (
    <li className={`board-row ${row.withdrawn ? 'is-withdrawn' : ''} ${isDone ? 'is-done' : ''}`} data-state={row.state}>
      <div className="row-main">
        <Facts view={view} row={row} />
        <p className="row-basis soft">
          {row.withdrawn && <span className="tag">{boardWords.withdrawn}</span>}
          {row.state !== '' && !row.withdrawn && <span className="tag">{view.words.states?.[row.state] ?? row.state}</span>}
          <span>{confidenceWords[row.confidence]}</span>
          <Said text={row.source === '' ? boardWords.noSource : row.source} />
          <span>
            <Said text={authorText(row.by)} /> {clockText(row.at)}
          </span>
        </p>
      </div>
      <div className="row-acts">
        {mayWrite && !row.withdrawn && <Moves view={view} row={row} />}
        {mayWrite && !row.withdrawn && (
          <button type="button" className="quiet small" onClick={() => setDialog('correct')}>
            {boardWords.correct}
          </button>
        )}
        <button type="button" className="quiet small" onClick={() => setDialog('history')}>
          {boardWords.history}
          {row.history.length > 1 && ` (${row.history.length})`}
        </button>
      </div>
      {dialog === 'correct' && <CorrectDialog view={view} row={row} onClose={close} />}
      {dialog === 'history' && <HistoryDialog view={view} row={row} onClose={close} />}
    </li>
  );
}

/** One board, whole. */
export function Board({ view }: { readonly view: BoardView }) {
  const incident = useIncident();
  const mayWrite = view.mayWrite(incident, useMyId());
  const [isAdding, setAdding] = useState(false);
  const all = Object.values(view.rows(incident));
  const standing = all.filter((row) => !row.withdrawn);
  const live = standing.filter((row) => !view.done.includes(row.state));
  const done = standing.filter((row) => view.done.includes(row.state));
  const withdrawn = all.filter((row) => row.withdrawn);
  return (
    <div className="board" data-board={view.name}>
      <header className="row spread">
        <p className="soft grow">{view.words.help}</p>
        {mayWrite && (
          <button type="button" className="primary" onClick={() => setAdding(true)}>
            {view.words.add}
          </button>
        )}
      </header>
      {standing.length === 0 && <p className="empty-state">{view.words.empty}</p>}
      <ul className="scroll board-rows">
        {[...live, ...done].map((row) => (
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
      {isAdding && <AddDialog view={view} onClose={() => setAdding(false)} />}
    </div>
  );
}
