// What matters now, on one screen: the catch-up over the boards, and the handover sheet. Asks nobody and tells nobody.
import { useEffect, useState } from 'react';
import { type Brief, briefFor, CATCH_UP_PARTS, type Item, opensByItself, type PartName } from '../../../core/incident/brief.ts';
import { lastLook, lookAway } from '../store/seen.ts';
import { timeText } from '../words/board.ts';
import { partWords, commandWords as w } from '../words/command.ts';
import { sentenceOf } from '../words/entries.ts';
import { tacticalWords } from '../words/tacticals.ts';
import { lineStateWords, roleWords } from '../words.ts';
import { useDesk, useIncident, useNames, useViewer } from './desk-context.ts';
import { KeyCap } from './held.tsx';
import { clockText, useCell } from './hooks.ts';
import { useKey } from './keys.ts';
import { Said, Say } from './said.tsx';

function Part({ name, items }: { readonly name: PartName; readonly items: readonly Item[] }) {
  return (
    <section className="brief-part" data-part={name}>
      <h3>{partWords[name]}</h3>
      {items.length === 0 && <p className="soft">{w.nothing}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            {name === 'tacticals' && <strong>{tacticalWords.states?.[item.state as keyof typeof tacticalWords.states]}: </strong>}
            {item.at !== null && <span>{timeText(item.at)} </span>}
            <Said text={item.text} />
            {item.aside !== '' && (
              <span className="soft">
                {' '}
                — <Said text={item.aside} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Contact({ contact }: { readonly contact: Brief['contact'] }) {
  const names = useNames();
  return (
    <section className="brief-part">
      <h3>{contact.count === 0 ? w.noContact : w.contact(contact.count)}</h3>
      <p>{contact.goesOn ? w.goesOn : contact.lastAt === null ? '' : w.lastContact(timeText(contact.lastAt))}</p>
      <ul>
        {contact.lines.map((line) => (
          <li key={line.lineId}>
            <Said text={names.line(line.lineId)} />: {lineStateWords[line.state as keyof typeof lineStateWords]} ({clockText(line.since)})
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A brief, whole. */
export function BriefView({ brief }: { readonly brief: Brief }) {
  const names = useNames();
  return (
    <div className="brief">
      <section className="brief-part brief-news">
        <h3>{w.news(brief.news.count)}</h3>
        <ol>
          {brief.news.entries.map((entry) => (
            <li key={entry.seq}>
              <time>{clockText(entry.at)}</time> {entry.who.kind === 'person' && <Said text={entry.who.name} />}{' '}
              <Say parts={sentenceOf(entry.type, entry.payload, names)} />
            </li>
          ))}
        </ol>
      </section>
      <Contact contact={brief.contact} />
      {Object.entries(brief.standing).map(([name, items]) => (
        <Part key={name} name={name as PartName} items={items} />
      ))}
      <section className="brief-part">
        <h3>{w.who}</h3>
        <ul>
          {brief.seats.map((seat) => (
            <li key={seat.personId}>
              <Said text={seat.name} />: {seat.roles.map((role) => roleWords[role]).join(', ')}
              {seat.since !== null && <span className="soft"> ({clockText(seat.since)})</span>}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** The brief of this console's own log for its own person; null before he has a role. */
export function useBrief(seenSeq: number, parts: readonly PartName[]): Brief | null {
  const { entries, state } = useCell(useDesk().store.view);
  return briefFor({ entries, state }, useViewer(), { seenSeq, parts });
}

/** The catch-up: opens by itself for who joins late or comes back, and by the key U. */
export function CatchUp() {
  const { incidentId, store, link } = useDesk();
  const isLoaded = useCell(store.view, (view) => view.isLoaded);
  const { incident, seq } = useIncident();
  const { personId } = useViewer();
  // What was seen before this page was opened; later looks count from when it was closed.
  const [seen, setSeen] = useState(() => lastLook(incidentId));
  const [isOpen, setOpen] = useState(false);
  const [wasAsked, setAsked] = useState(false);
  const brief = useBrief(seen?.seq ?? 0, CATCH_UP_PARTS);
  useEffect(() => {
    if (!isLoaded || personId === '' || brief === null || wasAsked || incident.openedAt === null) return;
    setAsked(true);
    const now = Date.now() + link.get().clockOffsetMs;
    if (opensByItself(brief, { now, openedAt: incident.openedAt, seenAt: seen?.at ?? null })) setOpen(true);
  }, [isLoaded, personId, brief, wasAsked, incident.openedAt, seen, link]);
  useEffect(() => {
    if (isLoaded && wasAsked) lookAway(incidentId, { seq, at: Date.now() });
  }, [isLoaded, wasAsked, incidentId, seq]);
  const turn = () => {
    if (isOpen) setSeen({ seq, at: Date.now() });
    setOpen(!isOpen);
  };
  useKey('u', { down: turn });
  if (!isOpen || brief === null) return null;
  return (
    <main className="catch-up" aria-label={w.catchUp}>
      <div className="row spread">
        <h2>{w.catchUp}</h2>
        <p className="soft grow">{w.catchUpHelp}</p>
        <button type="button" className="primary" onClick={turn}>
          {w.close} <KeyCap letter="U" />
        </button>
      </div>
      <BriefView brief={brief} />
    </main>
  );
}
