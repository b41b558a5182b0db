// After the close: who read a recording since, and the words of the debrief. Stands beside the closed log and never in it.
import { useCallback, useEffect, useState } from 'react';
import { isOver } from '../../../core/incident/incident.ts';
import type { Actor } from '../../../core/incident/topic.ts';
import type { CustodyItem } from '../../../protocol/http.ts';
import { ask } from '../store/http.ts';
import type { Names } from '../store/names.ts';
import { type Trouble, troubleOf } from '../store/seat.ts';
import type { Sentence } from '../words/say.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useNames } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { Refused, Said, Say } from './said.tsx';

const w = words.custody;

function nameOf(who: Actor): string {
  return who.kind === 'person' ? who.name : words.log.parley;
}

function sentenceOf(item: CustodyItem, names: Names): Sentence {
  switch (item.type) {
    case 'recording-read':
      return w.read(item.payload.file, names.leg(item.payload.leg));
    case 'paper-read':
      return w.paper(item.payload.number);
    case 'upload-read':
      return w.upload(names.upload(item.payload.uploadId));
    case 'debrief-noted':
      return w.noted(item.payload.text);
  }
}

function Item({ item }: { readonly item: CustodyItem }) {
  return (
    <li>
      <time className="soft">{new Date(item.at).toLocaleString([], { hour12: false })}</time> <Said text={nameOf(item.who)} />{' '}
      <Say parts={sentenceOf(item, useNames())} />
    </li>
  );
}

function CustodyDialog({ onClose }: { readonly onClose: () => void }) {
  const at = `/api/incidents/${encodeURIComponent(useDesk().incidentId)}/custody`;
  const [items, setItems] = useState<readonly CustodyItem[] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [text, setText] = useState('');
  const load = useCallback(async () => {
    const answer = await ask<readonly CustodyItem[]>('GET', at);
    setTrouble(troubleOf(answer));
    if (answer.is === 'done') setItems(answer.value);
  }, [at]);
  useEffect(() => void load(), [load]);
  const write = async () => {
    const answer = await ask<unknown>('POST', at, { text });
    setTrouble(troubleOf(answer));
    if (answer.is !== 'done') return;
    setText('');
    await load();
  };
  return (
    <Dialog title={w.title} onClose={onClose}>
      <p>{w.help}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        <label>
          {w.note}
          <textarea
            rows={3}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder={w.noteHint}
            maxLength={4000}
          />
        </label>
        <button type="submit" disabled={text.trim() === ''}>
          {w.write}
        </button>
      </form>
      <Refused refusal={trouble} />
      {items === null && trouble === null && <p className="soft">{w.loading}</p>}
      {items?.length === 0 && <p className="empty-state">{w.none}</p>}
      <ul className="recordings">
        {items?.map((item) => (
          <Item key={item.seq} item={item} />
        ))}
      </ul>
    </Dialog>
  );
}

/** Opens what came after the close; nothing while the incident goes on. */
export function CustodyButton() {
  const { incident } = useIncident();
  const [isOpen, setOpen] = useState(false);
  if (!isOver(incident)) return null;
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {w.open}
      </button>
      {isOpen && <CustodyDialog onClose={() => setOpen(false)} />}
    </>
  );
}
