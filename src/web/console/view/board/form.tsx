// The fields of a row, filled in by hand: for a new row or a correction. Knows kinds of fields and no board.
import { type ReactNode, useId } from 'react';
import type { Member } from '../../../../core/incident/people.ts';
import { type BoardWords, boardWords } from '../../words/board.ts';
import { useIncident } from '../desk-context.ts';
import type { BoardView, FieldKind, Fields } from './kind.ts';

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

function Input({ id, kind, field, words, value, onChange }: InputProps): ReactNode {
  const hint = words.hints?.[field] ?? '';
  switch (kind) {
    case 'line':
      return (
        <input value={String(value ?? '')} placeholder={hint} maxLength={500} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    case 'text':
      return (
        <textarea
          id={id}
          rows={3}
          value={String(value ?? '')}
          placeholder={hint}
          maxLength={2_000}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <select id={id} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)}>
          {Object.entries(words.choices?.[field] ?? {}).map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      );
    case 'time':
      return (
        <input
          id={id}
          type="datetime-local"
          value={typeof value === 'number' ? localText(value) : ''}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : new Date(event.currentTarget.value).getTime())}
        />
      );
    case 'number':
      return (
        <input
          id={id}
          type="number"
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        />
      );
    case 'flag':
      return <input id={id} type="checkbox" checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case 'person':
      return <People id={id} value={value} onChange={onChange} />;
  }
}

/** What a field holds before anything was filled in. */
export function emptyFields({ form, words }: BoardView): Fields {
  const empty = (kind: FieldKind, field: string): unknown => {
    if (kind === 'time' || kind === 'number') return null;
    if (kind === 'flag') return false;
    return kind === 'choice' ? (Object.keys(words.choices?.[field] ?? {})[0] ?? '') : '';
  };
  return Object.fromEntries(form.map(({ field, kind }) => [field, empty(kind, field)]));
}

/** All fields of a board, with their labels. */
export function FieldsForm(props: { readonly view: BoardView; readonly fields: Fields; readonly onChange: (fields: Fields) => void }) {
  const { view, fields, onChange } = props;
  const formId = useId();
  return view.form.map(({ field, kind }) => (
    <div key={field} className={kind === 'flag' ? 'check' : 'field'}>
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
