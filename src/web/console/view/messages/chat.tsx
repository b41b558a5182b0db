// The chat of the team: one list for each channel that this person's roles read, a field, and who has read what asks for it.
import { type FormEvent, useState } from 'react';
import { type ChatChannel, type ChatMessage, chatChannel, MAX_CHAT_CHARS, mayChat } from '../../../../core/incident/chat.ts';
import { newRowId } from '../../store/row-id.ts';
import { messageWords } from '../../words/messages.ts';
import { useDesk, useIncident, useMyId, useMyRoles, useNames } from '../desk-context.ts';
import { clockText, useAsk } from '../hooks.ts';
import { Refused, Said, Say } from '../said.tsx';
import { MessageList, onEnter, useWished } from './shared.tsx';

const w = messageWords.chat;
/** Most messages that are drawn. */
const SHOWN = 200;

function Row({ message }: { readonly message: ChatMessage }) {
  const { chat } = useIncident();
  const names = useNames();
  const me = useMyId();
  const asking = useAsk(useDesk());
  const readers = Object.keys(chat.read[message.id] ?? {});
  const isMine = message.by?.personId === me;
  return (
    <li className={isMine ? 'message ours' : 'message theirs'}>
      <p className="message-head">
        <strong>
          <Said text={message.by?.name ?? ''} />
        </strong>{' '}
        <time>{clockText(message.at)}</time>
      </p>
      <p className="message-text" dir="auto">
        <Said text={message.text} />
      </p>
      {message.asksRead && <p className="soft">{readers.length === 0 ? w.notRead : <Say parts={w.readBy(readers.map(names.person))} />}</p>}
      {message.asksRead && !isMine && !readers.includes(me) && (
        <button type="button" aria-busy={asking.isBusy} onClick={() => void asking.run({ type: 'read-chat', messageId: message.id })}>
          {w.read}
        </button>
      )}
      <Refused refusal={asking.refusal} />
    </li>
  );
}

function Writer({ channel }: { readonly channel: ChatChannel }) {
  const asking = useAsk(useDesk());
  const field = useWished<HTMLTextAreaElement>();
  const [text, setText] = useState('');
  const [asksRead, setAsksRead] = useState(false);
  const send = async () => {
    const written = text.trim();
    if (written === '') return;
    const answer = await asking.run({ type: 'say-in-chat', messageId: newRowId(), channel, text: written, asksRead }, true);
    if (typeof answer !== 'object' || 'refusal' in answer) return;
    setText((now) => (now.trim() === written ? '' : now));
    setAsksRead(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form className="note" onSubmit={submit}>
      <div className="row">
        <label className="grow">
          <span className="hidden-words">{w.field}</span>
          <textarea
            ref={field}
            rows={2}
            dir="auto"
            value={text}
            placeholder={`${w.field}: ${w.channels[channel]}`}
            maxLength={MAX_CHAT_CHARS}
            onChange={(e) => setText(e.currentTarget.value)}
            onKeyDown={onEnter(() => void send())}
          />
        </label>
        <button type="submit" className="primary" aria-busy={asking.isBusy}>
          {w.send}
        </button>
      </div>
      <label className="check">
        <input type="checkbox" checked={asksRead} onChange={(e) => setAsksRead(e.currentTarget.checked)} />
        {w.asksRead}
      </label>
      <Refused refusal={asking.refusal} />
    </form>
  );
}

/** Messages in which others ask this person to say that he has read them. */
export function askedOf(said: Iterable<ChatMessage>, read: Readonly<Record<string, Readonly<Record<string, number>>>>, me: string) {
  return [...said].filter((one) => one.asksRead && one.by?.personId !== me && read[one.id]?.[me] === undefined);
}

/** The chat of the team. */
export function Chat() {
  const { chat, incident } = useIncident();
  const roles = useMyRoles();
  const me = useMyId();
  const mine = chatChannel.options.filter((channel) => mayChat(roles, channel));
  const [chosen, setChosen] = useState<ChatChannel>('all');
  const channel = mine.includes(chosen) ? chosen : 'all';
  const said = [...chat.said];
  const shown = said.filter((one) => one.channel === channel).slice(-SHOWN);
  const asked = askedOf(said, chat.read, me);
  return (
    <div className="log-body chat">
      <header className="row spread">
        <h2>{w.title}</h2>
        <div className="choice" role="radiogroup" aria-label={w.channel}>
          {mine.map((one) => (
            <label key={one} className={one === channel ? 'is-chosen' : ''}>
              <input type="radio" name="chat-channel" checked={one === channel} onChange={() => setChosen(one)} />
              {w.channels[one]}
              {asked.some((message) => message.channel === one) && (
                <span className="tab-alarm" role="img" aria-label={w.isAsked}>
                  !
                </span>
              )}
            </label>
          ))}
        </div>
      </header>
      {shown.length === 0 && <p className="empty-state">{w.empty}</p>}
      <MessageList name={w.list} newest={`${channel} ${shown.length}`}>
        {shown.map((message) => (
          <Row key={message.id} message={message} />
        ))}
      </MessageList>
      {incident.closedAt === null && <Writer channel={channel} />}
    </div>
  );
}
