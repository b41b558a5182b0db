// Dialogs of one row: put it on the board, correct it, withdraw it, see all that happened to it.
import { useState } from 'react';
import { type Change, type Confidence, confidence as confidences, type Row } from '../../../../core/incident/board.ts';
import { hasRole } from '../../../../core/incident/people.ts';
import type { Actor } from '../../../../core/incident/topic.ts';
import type { Ask } from '../../store/commands.ts';
import { newRowId } from '../../store/row-id.ts';
import { boardWords, confidenceWords, valueText } from '../../words/board.ts';
import { useDesk, useIncident, useMyId, useNames } from '../desk-context.ts';
import { Dialog } from '../dialog.tsx';
import { clockText, useAsk } from '../hooks.ts';
import { Refused, Said } from '../said.tsx';
import { emptyFields, FieldsForm } from './form.tsx';
import type { BoardView, Fields } from './kind.ts';

/** Who says so, and how sure that is. */
export function Basis(props: {
  readonly source: string;
  readonly confidence: Confidence;
  readonly onSource: (text: string) => void;
  readonly onConfidence: (one: Confidence) => void;
}) {
  return (
    <div className="row basis">
      <label className="grow">
        {boardWords.source}
        <input
          value={props.source}
          placeholder={boardWords.sourceHint}
          maxLength={300}
          onChange={(event) => props.onSource(event.currentTarget.value)}
        />
      </label>
      <label>
        {boardWords.confidence}
        <select value={props.confidence} onChange={(event) => props.onConfidence(event.currentTarget.value as Confidence)}>
          {confidences.options.map((one) => (
            <option key={one} value={one}>
              {confidenceWords[one]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface DialogProps {
  readonly view: BoardView;
  readonly onClose: () => void;
}

/** Commands of a board are named after its noun; the topic's own schema checks them. */
export function asAsk(command: { readonly type: string; readonly [field: string]: unknown }): Ask {
  return command as unknown as Ask;
}

/** `start`: what is known of it already. */
export function AddDialog({ view, onClose, start }: DialogProps & { readonly start?: Fields }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [fields, setFields] = useState<Fields>(() => ({ ...emptyFields(view), ...start }));
  const [source, setSource] = useState('');
  const [confidence, setConfidence] = useState<Confidence>('likely');
  const [rowId] = useState(newRowId);
  const save = async () => {
    const answer = await run(asAsk({ type: `add-${view.noun}`, rowId, fields, source, confidence }), true);
    if (typeof answer === 'object' && 'seq' in answer) onClose();
  };
  return (
    <Dialog title={view.words.add} onClose={onClose}>
      <form
        className="row-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FieldsForm view={view} fields={fields} onChange={setFields} />
        <Basis source={source} confidence={confidence} onSource={setSource} onConfidence={setConfidence} />
        <button type="submit" className="primary" aria-busy={isBusy}>
          {boardWords.save}
        </button>
        <Refused refusal={refusal} />
      </form>
    </Dialog>
  );
}

/** Only what was changed goes into the log. */
function changedFields(before: Fields, now: Fields): Fields {
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => before[field] !== value));
}

/** A window in which a row is corrected or withdrawn. */
export function CorrectDialog({ view, row, onClose }: DialogProps & { readonly row: Row<Fields> }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [fields, setFields] = useState<Fields>(row.fields);
  const [source, setSource] = useState(row.source);
  const [confidence, setConfidence] = useState<Confidence>(row.confidence);
  const [note, setNote] = useState('');
  const done = (answer: unknown) => {
    if (typeof answer === 'object' && answer !== null && 'seq' in answer) onClose();
  };
  const changes = {
    fields: changedFields(row.fields, fields),
    ...(source === row.source ? {} : { source }),
    ...(confidence === row.confidence ? {} : { confidence }),
  };
  const isChanged = Object.keys(changes.fields).length > 0 || Object.keys(changes).length > 1;
  return (
    <Dialog title={boardWords.correctTitle} onClose={onClose}>
      <form
        className="row-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) void run(asAsk({ type: `correct-${view.noun}`, rowId: row.id, ...changes, note }), true).then(done);
        }}
      >
        <FieldsForm view={view} fields={fields} onChange={setFields} />
        <Basis source={source} confidence={confidence} onSource={setSource} onConfidence={setConfidence} />
        <label>
          {boardWords.why}
          <input value={note} maxLength={2_000} onChange={(event) => setNote(event.currentTarget.value)} />
        </label>
        <div className="row">
          <button type="submit" className="primary" disabled={!isChanged} aria-busy={isBusy}>
            {boardWords.correct}
          </button>
          <button
            type="button"
            className="quiet"
            title={boardWords.withdrawHelp}
            disabled={note.trim() === ''}
            onClick={() => void run(asAsk({ type: `withdraw-${view.noun}`, rowId: row.id, note }), true).then(done)}
          >
            {boardWords.withdraw}
          </button>
        </div>
        <p className="soft">{boardWords.withdrawHelp}</p>
        <Refused refusal={refusal} />
      </form>
    </Dialog>
  );
}

/** Who put it there, in a word. */
export function authorText(by: Actor): string {
  return by.kind === 'person' ? by.name : by.kind === 'device' ? boardWords.device : boardWords.parley;
}

/** Where a row goes next, with a word on it. */
export function MoveDialog({ view, row, onClose }: DialogProps & { readonly row: Row<Fields> }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const { people } = useIncident();
  const myId = useMyId();
  const [note, setNote] = useState('');
  const next = view.life?.next[row.state] ?? [];
  const may = (to: string) => {
    const movers = view.life?.movers?.[to];
    return movers === undefined || hasRole(people, myId, ...movers);
  };
  const lacksWord = (to: string) => note.trim() === '' && view.life?.noted?.includes(to) === true;
  const go = async (to: string) => {
    const answer = await run(asAsk({ type: `move-${view.noun}`, rowId: row.id, to, note }), true);
    if (typeof answer === 'object' && 'seq' in answer) onClose();
  };
  return (
    <Dialog title={boardWords.moveTitle} onClose={onClose}>
      <div className="row-form">
        <label>
          {boardWords.moveNote}
          <input value={note} maxLength={2_000} onChange={(event) => setNote(event.currentTarget.value)} />
        </label>
        {next.some(lacksWord) && <p className="soft">{boardWords.moveNoteHelp}</p>}
        <div className="row">
          {next.filter(may).map((to) => (
            <button key={to} type="button" disabled={lacksWord(to)} aria-busy={isBusy} onClick={() => void go(to)}>
              {view.words.states?.[to] ?? to}
            </button>
          ))}
        </div>
        <Refused refusal={refusal} />
      </div>
    </Dialog>
  );
}

/** One thing that happened to a row, in lines. */
function ChangeLines({ view, change }: { readonly view: BoardView; readonly change: Change<Fields> }) {
  const { person } = useNames();
  const kindIn = (field: string) => view.form.find((one) => one.field === field)?.kind ?? 'line';
  return (
    <ul>
      {Object.entries(change.fields).map(([field, value]) => (
        <li key={field}>
          {view.words.fields[field] ?? field}: <Said text={valueText(view.words, { kind: kindIn(field), field, value, person })} />
        </li>
      ))}
      {change.mark !== undefined && <li>{view.words.marks?.[change.mark]?.done ?? change.mark}</li>}
      {change.state !== undefined && <li>→ {view.words.states?.[change.state] ?? change.state}</li>}
      {change.confidence !== undefined && <li>{confidenceWords[change.confidence]}</li>}
      {change.source !== undefined && (
        <li>
          {boardWords.source}: <Said text={change.source === '' ? boardWords.noSource : change.source} />
        </li>
      )}
      {change.note !== undefined && change.note !== '' && (
        <li>
          <Said text={change.note} />
        </li>
      )}
    </ul>
  );
}

/** A window with all that happened to a row, oldest first. */
export function HistoryDialog({ view, row, onClose }: DialogProps & { readonly row: Row<Fields> }) {
  // A row's history only grows at its end: its place is its name.
  const changes = row.history.map((change, place) => ({ change, place }));
  return (
    <Dialog title={boardWords.historyTitle} onClose={onClose}>
      <ol className="row-history">
        {changes.map(({ change, place }) => (
          <li key={place}>
            <time dateTime={new Date(change.at).toISOString()}>{clockText(change.at)}</time> <Said text={authorText(change.by)} />
            <ChangeLines view={view} change={change} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
