// The fields of a row, filled in by hand: for a new row or a correction. Knows kinds of fields and no board.
import { type ReactNode, useId } from 'react';
import type { FieldKind } from '../../../../core/incident/fields.ts';
import type { Member } from '../../../../core/incident/people.ts';
import { type BoardWords, boardWords } from '../../words/board.ts';
import { useDesk, useIncident } from '../desk-context.ts';
import type { BoardView, Fields } from './kind.ts';

/** A point in time as the browser's own field wants it: local time to the minute. */
function localText(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

interface InputProps {
  readonly id: string;
  readonly kind: FieldKind;
  readonly field: string;
  readonly words: BoardWords;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function People({ id, value, onChange }: Pick<InputProps, 'id' | 'value' | 'onChange'>) {
  const people: readonly Member[] = Object.values(useIncident().people);
  return (
    <select id={id} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{boardWords.nothing}</option>
      {people.map((m) => (
        <option key={m.personId} value={m.personId}>
          {m.name}
        </option>
      ))}
    </select>
  );
}

const MINUTE_MS = 60_000;

/** A clock time, with keys for the times that are meant most often. The keys count from what stands there, or from now. */
function Time({ id, value, onChange }: Pick<InputProps, 'id' | 'value' | 'onChange'>) {
  const { link } = useDesk();
  const now = () => Date.now() + link.get().clockOffsetMs;
  const later = (minutes: number) => onChange((typeof value === 'number' ? value : now()) + minutes * MINUTE_MS);
  return (
    <div className="row">
      <input
        id={id}
        type="datetime-local"
        value={typeof value === 'number' ? localText(value) : ''}
        onChange={(event) => onChange(event.currentTarget.value === '' ? null : new Date(event.currentTarget.value).getTime())}
      />
      <button type="button" className="quiet" onClick={() => onChange(now())}>
        {boardWords.now}
      </button>
      <button type="button" className="quiet" onClick={() => later(15)}>
        {boardWords.minutes(15)}
      </button>
      <button type="button" className="quiet" onClick={() => later(60)}>
        {boardWords.hour}
      </button>
    </div>
  );
}

function Input({ id, kind, field, words, value, onChange }: InputProps): ReactNode {
  const hint = words.hints?.[field] ?? '';
  const text = String(value ?? '');
  switch (kind) {
    case 'line':
      return <input id={id} value={text} placeholder={hint} maxLength={500} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'text':
      return (
        <textarea
          id={id}
          rows={2}
          value={text}
          placeholder={hint}
          maxLength={2_000}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <select id={id} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
          {Object.entries(words.choices?.[field] ?? {}).map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </select>
      );
    case 'time':
      return <Time id={id} value={value} onChange={onChange} />;
    case 'person':
      return <People id={id} value={value} onChange={onChange} />;
    case 'link':
      return null;
  }
}

/** What a field holds before anything was filled in. */
export function emptyFields({ form, words }: BoardView): Fields {
  const empty = (kind: FieldKind, field: string): unknown => {
    if (kind === 'time') return null;
    return kind === 'choice' ? (Object.keys(words.choices?.[field] ?? {})[0] ?? '') : '';
  };
  return Object.fromEntries(form.map(({ field, kind }) => [field, empty(kind, field)]));
}

/** All fields of a board, with their labels. */
export function FieldsForm(props: { readonly view: BoardView; readonly fields: Fields; readonly onChange: (fields: Fields) => void }) {
  const { view, fields, onChange } = props;
  const formId = useId();
  const byHand = view.form.filter(({ kind }) => kind !== 'link');
  return byHand.map(({ field, kind }) => (
    <div key={field} className="field">
      <label htmlFor={`${formId}-${field}`}>{view.words.fields[field]}</label>
      <Input
        id={`${formId}-${field}`}
        kind={kind}
        field={field}
        words={view.words}
        value={fields[field]}
        onChange={(value) => onChange({ ...fields, [field]: value })}
      />
    </div>
  ));
}
