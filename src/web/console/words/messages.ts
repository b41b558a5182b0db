// Words of the text with the subject, of the team's chat, of the primary's card and of the alarm; and how their entries are said.
import type { ChatChannel } from '../../../core/incident/chat.ts';
import type { Delivery } from '../../../core/incident/texts.ts';
import type { Names } from '../store/names.ts';
import { type Sentence, say } from './say.ts';

const channels: Readonly<Record<ChatChannel, string>> = { all: 'All', table: 'Table', tactical: 'Tactical', command: 'Command' };
const delivery: Readonly<Record<Delivery, string>> = {
  accepted: 'the box has it, not shown yet',
  shown: 'shown on his device',
  failed: 'NOT SHOWN: the call ended first',
};

/** Words of texts, chat, card and alarm. */
export const messageWords = {
  texts: {
    title: 'Text',
    list: 'Texts and calls',
    subject: 'Subject',
    empty: 'No text yet. One of you drafts, a second person agrees, and then it goes. Aim for voice: a text has no tone.',
    unread: (count: number) => (count === 1 ? '1 text is not read' : `${count} texts are not read`),
    strip: (count: number) => (count === 1 ? 'The subject wrote: 1 text not read' : `The subject wrote: ${count} texts not read`),
    open: 'Open the texts',
    read: 'I have read them',
    isNew: 'new',
    readBy: (names: readonly string[]): Sentence => say`read by: ${names.join(', ')}`,
    field: 'Draft a text to the subject',
    hint: 'Short and plain. Enter puts it up for agreement; nothing goes before a second person agrees.',
    to: 'To',
    draft: 'Put up for agreement',
    editing: 'This takes the place of the draft above, and needs agreement anew.',
    stopEditing: 'Leave the draft as it is',
    waits: 'DRAFT, not sent. Who agrees?',
    agree: 'Agree and send',
    agreeAlone: 'Send without a second person',
    refuse: 'Refuse',
    reason: 'Why not?',
    edit: 'Edit',
    withdraw: 'Withdraw',
    noLine: 'Nobody can be written to now: texts go to a link that is in a call.',
    nobody:
      'Nobody who may agree has a console open. A second person is missing: the coach or the leader; for a draft of the coach the primary will do. Give somebody the role (People), or the leader sets below that one person suffices.',
    alone: 'One person suffices to send (this incident; logged)',
    aloneNow: 'One person suffices to send: the leader said so.',
    agreedBy: (name: string): Sentence => say`agreed by ${name}`,
    sentAlone: 'sent without a second person',
    refusedBy: (name: string, reason: string): Sentence => say`refused by ${name}: ${reason}`,
    replaced: 'replaced by a newer draft',
    withdrawn: 'withdrawn',
    call: (line: string, from: string, to: string | null): Sentence =>
      to === null ? say`Call on ${line}: since ${from}` : say`Call on ${line}: ${from} to ${to}`,
    delivery,
  },
  chat: {
    title: 'Chat',
    list: 'Messages of the team',
    channels,
    channel: 'Channel',
    empty: 'Nothing was written here. What the subject must never hear is written, not said.',
    field: 'Write to the team',
    send: 'Send',
    asksRead: 'Ask who has read it',
    read: 'I have read it',
    notRead: 'read by nobody yet',
    readBy: (names: readonly string[]): Sentence => say`read by: ${names.join(', ')}`,
    isAsked: 'Say that you have read it',
    sending: 'is being sent',
  },
  card: {
    label: 'Note to you',
    waits: 'A note waits until he stops speaking.',
    more: (count: number) => `${count} more`,
    clear: 'Got it',
    field: 'Note to the primary',
    hint: 'At most 120 signs. It waits while he speaks.',
    left: (count: number) => `${count} left`,
    send: 'Send',
    notShown: 'not shown yet',
    shown: (at: string) => `shown ${at}`,
    withdraw: 'Take back',
  },
  alarm: {
    label: 'ALARM',
    raise: 'Alarm',
    title: 'Raise an alarm on every console',
    help: 'Everybody of the team sees it until you or the leader clear it. Nobody outside does.',
    word: 'What is it, in a word or two?',
    go: 'Raise the alarm',
    clear: 'Clear',
    attention: (word: string) => `ALARM: ${word}`,
  },
  attention: (count: number) => `${count} unread from the subject`,
} as const;

interface OnLine {
  readonly lineId: string;
  readonly n: number;
}
interface InChannel {
  readonly channel: ChatChannel;
}

/** Sentences for the entries of texts, chat, card and alarm. */
export const messageSentences = {
  'text-drafted': (p: { readonly text: string }): Sentence => say`drafted a text to the subject: ${p.text}`,
  'text-agreed': (p: OnLine | { readonly n: number }): Sentence => [`agreed: text ${p.n} is sent`],
  'text-refused': (p: { readonly reason: string }): Sentence => say`refused a draft: ${p.reason}`,
  'text-withdrawn': (): Sentence => ['withdrew a draft'],
  'one-suffices-set': (p: { readonly on: boolean }): Sentence => [
    p.on ? 'SET: ONE PERSON SUFFICES to send a text' : 'set: two people send a text again',
  ],
  'text-received': (p: { readonly lineId: string; readonly text: string }, names: Names): Sentence =>
    say`wrote on ${names.line(p.lineId)}: ${p.text}`,
  'text-shown': (p: OnLine, names: Names): Sentence => say`→ ${names.line(p.lineId)}: text ${String(p.n)} is shown on the device`,
  'text-failed': (p: OnLine & { readonly cause: string }, names: Names): Sentence =>
    say`→ ${names.line(p.lineId)}: text ${String(p.n)} was NOT SHOWN (${p.cause})`,
  'texts-read': (p: { readonly upTo: number }): Sentence => [`has read the texts of the subject up to number ${p.upTo}`],
  'chat-said': (p: InChannel & { readonly text: string }): Sentence => [`(${channels[p.channel]}) `, { said: p.text }],
  'chat-read': (p: InChannel): Sentence => [`has read a message (${channels[p.channel]})`],
  'card-sent': (p: { readonly text: string }): Sentence => say`note to the primary: ${p.text}`,
  'card-shown': (): Sentence => ['→ a note is shown to the primary'],
  'card-cleared': (): Sentence => ['has the note'],
  'card-withdrawn': (): Sentence => ['took a note to the primary back'],
  'alarm-raised': (p: { readonly word: string }): Sentence => say`RAISED AN ALARM: ${p.word}`,
  'alarm-cleared': (): Sentence => ['cleared the alarm'],
};
