// Text with the subject, in one thread with the calls: his messages, our drafts and what became of them. Nothing goes before a second person agreed.
import { type FormEvent, useState } from 'react';
import { isMachine } from '../../../../core/incident/people.ts';
import {
  couldAgree,
  type Draft,
  MAX_MESSAGE_CHARS,
  MAY_DRAFT,
  mayAgree,
  type Received,
  textChannelOf,
  unreadFor,
} from '../../../../core/incident/texts.ts';
import type { IncidentState } from '../../../../core/incident/topics.ts';
import { newRowId } from '../../store/row-id.ts';
import { messageWords } from '../../words/messages.ts';
import { useDesk, useIncident, useMe, useMyId, useMyRoles, useNames } from '../desk-context.ts';
import { KeyCap } from '../held.tsx';
import { type Asking, clockText, useAsk, useCell } from '../hooks.ts';
import { Refused, Said, Say } from '../said.tsx';
import { Letter, MessageList, onEnter, useWished } from './shared.tsx';

const w = messageWords.texts;
/** Most items that are drawn. */
const SHOWN = 200;

type Item =
  | { readonly at: number; readonly is: 'received'; readonly one: Received; readonly n: number }
  | { readonly at: number; readonly is: 'draft'; readonly one: Draft }
  | { readonly at: number; readonly is: 'call'; readonly lineId: string; readonly endedAt: number | null };

/** Everything that passed between the subject and us, oldest first. */
function itemsOf({ texts, lines }: IncidentState): readonly Item[] {
  const received = texts.received.map((one): Item => ({ at: one.at, is: 'received', one, n: 0 }));
  const numbered = received.map((item, i): Item => (item.is === 'received' ? { ...item, n: i + 1 } : item));
  const drafts = Object.values(texts.drafts).map(
    (one): Item => ({ at: one.sent === null ? one.at : (one.judged?.at ?? one.at), is: 'draft', one }),
  );
  const calls = Object.values(lines.byId).flatMap((line) =>
    line.calls.map(({ startedAt, endedAt }): Item => ({ at: startedAt, is: 'call', lineId: line.id, endedAt })),
  );
  return [...numbered, ...drafts, ...calls].sort((a, b) => a.at - b.at).slice(-SHOWN);
}

const keyOf = (item: Item) => (item.is === 'received' ? `r${item.n}` : item.is === 'draft' ? item.one.id : `c${item.lineId}${item.at}`);

function ReceivedRow({ one, n }: { readonly one: Received; readonly n: number }) {
  const { texts } = useIncident();
  const names = useNames();
  const me = useMyId();
  const readers = Object.entries(texts.read).flatMap(([id, upTo]) => (upTo >= n ? [names.person(id)] : []));
  const isNew = n > (texts.read[me] ?? 0);
  return (
    <li className={isNew ? 'message theirs is-new' : 'message theirs'}>
      <p className="message-head">
        <strong>{w.subject}</strong> <time>{clockText(one.at)}</time> <Said text={names.line(one.lineId)} />
        {isNew && <span className="tag">{w.isNew}</span>}
      </p>
      <p className="message-text" dir="auto">
        <Said text={one.text} />
      </p>
      {readers.length > 0 && (
        <p className="soft">
          <Say parts={w.readBy(readers)} />
        </p>
      )}
    </li>
  );
}

function RefuseForm({ draft, asking, onDone }: { readonly draft: Draft; readonly asking: Asking; readonly onDone: () => void }) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return;
    void asking.run({ type: 'refuse-text', draftId: draft.id, reason });
    onDone();
  };
  return (
    <form className="row" onSubmit={submit}>
      <label className="grow">
        <span className="hidden-words">{w.reason}</span>
        {/* biome-ignore lint/a11y/noAutofocus: the press on the key before it asked for this field */}
        <input autoFocus value={reason} placeholder={w.reason} maxLength={500} onChange={(e) => setReason(e.currentTarget.value)} />
      </label>
      <button type="submit">{w.refuse}</button>
    </form>
  );
}

function DraftActs({ draft, onEdit }: { readonly draft: Draft; readonly onEdit: (draft: Draft) => void }) {
  const { people, texts } = useIncident();
  const me = useMyId();
  const asking = useAsk(useDesk());
  const [isRefusing, setRefusing] = useState(false);
  const isOwn = draft.by.personId === me;
  const mayJudge = mayAgree(people, draft.by.personId, me);
  const mayAlone = isOwn && texts.alone && !isMachine(me);
  const mayEdit = useMyRoles().some((role) => MAY_DRAFT.includes(role));
  const { run, isBusy } = asking;
  return (
    <>
      <div className="row">
        {(mayJudge || mayAlone) && (
          <button type="button" className="primary" aria-busy={isBusy} onClick={() => void run({ type: 'agree-text', draftId: draft.id })}>
            {mayJudge ? w.agree : w.agreeAlone}
          </button>
        )}
        {mayJudge && !isRefusing && (
          <button type="button" onClick={() => setRefusing(true)}>
            {w.refuse}
          </button>
        )}
        {mayEdit && (
          <button type="button" className="quiet" onClick={() => onEdit(draft)}>
            {w.edit}
          </button>
        )}
        {isOwn && (
          <button type="button" className="quiet" onClick={() => void run({ type: 'withdraw-text', draftId: draft.id })}>
            {w.withdraw}
          </button>
        )}
      </div>
      {isRefusing && <RefuseForm draft={draft} asking={asking} onDone={() => setRefusing(false)} />}
      <Refused refusal={asking.refusal} />
    </>
  );
}

/** What became of a draft, in a line. */
function Fate({ draft }: { readonly draft: Draft }) {
  const names = useNames();
  const { state, judged, sent } = draft;
  const judge = judged?.by == null ? '' : names.person(judged.by.personId);
  if (sent !== null) {
    const isAlone = judged?.by?.personId === draft.by.personId;
    return (
      <p className={sent.delivery === 'failed' ? 'bad' : 'soft'}>
        {isAlone ? w.sentAlone : <Say parts={w.agreedBy(judge)} />}
        {` · ${w.delivery[sent.delivery]} ${clockText(sent.since)}`}
      </p>
    );
  }
  if (state === 'refused') return <p className="bad">{<Say parts={w.refusedBy(judge, judged?.reason ?? '')} />}</p>;
  return <p className="soft">{state === 'replaced' ? w.replaced : state === 'withdrawn' ? w.withdrawn : w.waits}</p>;
}

function DraftRow({ draft, onEdit }: { readonly draft: Draft; readonly onEdit: (draft: Draft) => void }) {
  const names = useNames();
  return (
    <li className={`message ours is-${draft.state}`} data-delivery={draft.sent?.delivery}>
      <p className="message-head">
        <strong>
          <Said text={draft.by.name} />
        </strong>{' '}
        <time>{clockText(draft.at)}</time> <Said text={names.line(draft.lineId)} />
      </p>
      <p className="message-text" dir="auto">
        <Said text={draft.text} />
      </p>
      <Fate draft={draft} />
      {draft.state === 'waiting' && <DraftActs draft={draft} onEdit={onEdit} />}
    </li>
  );
}

function CallRow({ item }: { readonly item: Extract<Item, { readonly is: 'call' }> }) {
  const names = useNames();
  return (
    <li className="message-call">
      <Say parts={w.call(names.line(item.lineId), clockText(item.at), item.endedAt === null ? null : clockText(item.endedAt))} />
    </li>
  );
}

/** Says whom the person lacks before he writes; the leader may do without. */
function SecondPerson() {
  const { people, texts } = useIncident();
  const me = useMyId();
  const isLeader = useMyRoles().includes('leader');
  const present = useCell(useDesk().signals, (signals) => signals?.present);
  const asking = useAsk(useDesk());
  const here = new Set(present?.map((one) => one.personId));
  const isLacking = !couldAgree(people, me).some((one) => here.has(one.personId));
  return (
    <>
      {texts.alone && <p className="warn">{w.aloneNow}</p>}
      {!texts.alone && isLacking && <p className="warn">{w.nobody}</p>}
      {isLeader && (isLacking || texts.alone) && (
        <label className="check">
          <input
            type="checkbox"
            checked={texts.alone}
            onChange={(e) => void asking.run({ type: 'set-one-suffices', on: e.currentTarget.checked })}
          />
          {w.alone}
        </label>
      )}
      <Refused refusal={asking.refusal} />
    </>
  );
}

interface WriterProps {
  /** The draft that is being edited. */
  readonly edited: Draft | null;
  readonly onDone: () => void;
}

function Writer({ edited, onDone }: WriterProps) {
  const { lines } = useIncident();
  const names = useNames();
  const asking = useAsk(useDesk());
  const field = useWished<HTMLTextAreaElement>();
  const [text, setText] = useState(edited?.text ?? '');
  const [chosen, setChosen] = useState('');
  const open = Object.values(lines.byId).filter((line) => textChannelOf(line) !== null);
  const lineId = edited?.lineId ?? (open.some((line) => line.id === chosen) ? chosen : open[0]?.id);
  if (lineId === undefined) return <p className="soft">{w.noLine}</p>;
  const put = async () => {
    const written = text.trim();
    if (written === '') return;
    const replaces = edited === null ? {} : { replaces: edited.id };
    const answer = await asking.run({ type: 'draft-text', draftId: newRowId(), lineId, text: written, ...replaces });
    // A refused draft is not lost: it stays in the field.
    if (typeof answer !== 'object' || 'refusal' in answer) return;
    setText('');
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void put();
  };
  return (
    <form className="note" onSubmit={submit}>
      {edited !== null && (
        <p className="row">
          <span className="grow">{w.editing}</span>
          <button type="button" className="quiet" onClick={onDone}>
            {w.stopEditing}
          </button>
        </p>
      )}
      {open.length > 1 && edited === null && (
        <label>
          {w.to}{' '}
          <select value={lineId} onChange={(e) => setChosen(e.currentTarget.value)}>
            {open.map((line) => (
              <option key={line.id} value={line.id}>
                {names.line(line.id)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="row">
        <label className="grow">
          <span className="hidden-words">{w.field}</span>
          <textarea
            ref={field}
            rows={2}
            dir="auto"
            value={text}
            placeholder={w.hint}
            maxLength={MAX_MESSAGE_CHARS}
            onChange={(e) => setText(e.currentTarget.value)}
            onKeyDown={onEnter(() => void put())}
          />
        </label>
        <button type="submit" className="primary" aria-busy={asking.isBusy}>
          {w.draft}
        </button>
      </div>
      <Refused refusal={asking.refusal} />
    </form>
  );
}

/** His unread texts are read when the person says so, not when they happen to be on the screen. */
function ReadMark() {
  const { texts } = useIncident();
  const asking = useAsk(useDesk());
  const unread = unreadFor(texts, useMyId());
  if (unread === 0) return null;
  const read = () => void asking.run({ type: 'read-texts', upTo: texts.received.length });
  return (
    <p className="row unread">
      <strong className="grow">{w.unread(unread)}</strong>
      <button type="button" className="primary" onClick={read}>
        {w.read} <KeyCap letter="R" />
      </button>
      <Letter letter="r" act={read} />
    </p>
  );
}

/** The whole thread. */
export function Thread() {
  const state = useIncident();
  const me = useMe();
  const mayDraft = me !== undefined && !me.noTalk && me.roles.some((role) => MAY_DRAFT.includes(role)) && state.incident.closedAt === null;
  const [editedId, setEdited] = useState<string | null>(null);
  const found = editedId === null ? undefined : state.texts.drafts[editedId];
  const edited = found?.state === 'waiting' || found?.state === 'refused' ? found : null;
  const items = itemsOf(state);
  return (
    <div className="log-body thread">
      <h2 className="hidden-words">{w.title}</h2>
      {items.length === 0 && <p className="empty-state">{w.empty}</p>}
      <MessageList name={w.list} newest={items.length}>
        {items.map((item) =>
          item.is === 'received' ? (
            <ReceivedRow key={keyOf(item)} one={item.one} n={item.n} />
          ) : item.is === 'draft' ? (
            <DraftRow key={keyOf(item)} draft={item.one} onEdit={(draft) => setEdited(draft.id)} />
          ) : (
            <CallRow key={keyOf(item)} item={item} />
          ),
        )}
      </MessageList>
      <ReadMark />
      {mayDraft && <SecondPerson />}
      {mayDraft && <Writer key={edited?.id ?? ''} edited={edited} onDone={() => setEdited(null)} />}
    </div>
  );
}
