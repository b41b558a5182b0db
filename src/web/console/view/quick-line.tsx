// One line to the log from anywhere: its time is that of the key that opened it. Enter writes, Escape leaves; a refused line stays.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Ask } from '../store/commands.ts';
import { QUICK_KINDS, quickLine } from '../store/quick.ts';
import { newRowId } from '../store/row-id.ts';
import { quickWords as w } from '../words/tools.ts';
import { words } from '../words.ts';
import { emptyFields } from './board/form.tsx';
import { BOARDS } from './board/list.ts';
import { asAsk } from './board/row-dialogs.tsx';
import { useDesk, useIncident, useMyId } from './desk-context.ts';
import { clockText, useAsk } from './hooks.ts';
import { Refused } from './said.tsx';

const viewOf = (topic: string) => BOARDS.find((view) => view.name === topic);

function commandFor(typed: string, seenAt: number): Ask | null {
  const { topic, text } = quickLine(typed);
  const view = topic === null ? undefined : viewOf(topic);
  if (text === '') return null;
  if (view === undefined) return { type: 'write-note', text, seenAt };
  const fields = { ...emptyFields(view), [view.form[0]?.field ?? '']: text };
  return asAsk({ type: `add-${view.noun}`, rowId: newRowId(), fields, source: w.source(clockText(seenAt)), confidence: 'likely' });
}

function Kinds({ chosen }: { readonly chosen: string | null }) {
  const incident = useIncident();
  const myId = useMyId();
  const kinds = Object.entries(QUICK_KINDS).flatMap(([letter, topic]) => {
    const view = viewOf(topic);
    return view?.mayWrite(incident, myId) === true ? [{ letter, topic, title: view.words.title }] : [];
  });
  return (
    <ul className="quick-kinds" aria-label={w.kinds}>
      {kinds.map(({ letter, topic, title }) => (
        <li key={letter} className={topic === chosen ? 'is-chosen' : ''}>
          <kbd>{letter}:</kbd> {title}
        </li>
      ))}
    </ul>
  );
}

/** `pressedAt`: this computer's clock when the key went down, ms. */
export function QuickLine({ pressedAt, onClose }: { readonly pressedAt: number; readonly onClose: () => void }) {
  const desk = useDesk();
  const { run, isBusy, refusal } = useAsk(desk);
  const [text, setText] = useState('');
  const [seenAt] = useState(() => pressedAt + desk.link.get().clockOffsetMs);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const write = async () => {
    const command = commandFor(text, seenAt);
    if (command === null || isBusy) return;
    const answer = await run(command, true);
    if (typeof answer === 'object' && 'seq' in answer) onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) void write();
    else return;
    event.preventDefault();
  };
  return (
    <section className="quick-line" aria-label={w.title}>
      <label>
        <span>{w.label(clockText(seenAt))}</span>
        <input
          ref={field}
          value={text}
          placeholder={w.hint}
          maxLength={2_000}
          aria-busy={isBusy}
          onKeyDown={onKey}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <Kinds chosen={quickLine(text).topic} />
      <div className="row">
        <button type="button" className="primary" onClick={() => void write()}>
          {words.log.write}
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          {words.cancel}
        </button>
        {isBusy && <span role="status">{words.log.writing}</span>}
        <Refused refusal={refusal} />
      </div>
    </section>
  );
}
