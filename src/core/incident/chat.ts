// Topic: the team's own words to each other, by channel. Who sees a channel is who works in it. Nothing here ever reaches a far end.
import { z } from 'zod';
import { Grown } from './grown.ts';
import { command, entry, idOf, type Person, type Role, refuse, role, type Topic, type Viewer } from './topic.ts';

/** The channels, for the wire. */
export const chatChannel = z.enum(['all', 'table', 'tactical', 'command']);
/** Where a message of the team is read. */
export type ChatChannel = z.infer<typeof chatChannel>;

/** Who writes to the team at all: everybody but a third party. */
export const CHATTERS: readonly Role[] = role.options.filter((one) => one !== 'third-party');

/** Who reads and writes where; as the voice channels of the same names, and those who must know what is said there. */
export const CHAT_ROLES: Readonly<Record<ChatChannel, readonly Role[]>> = {
  all: CHATTERS,
  table: ['primary', 'coach', 'leader', 'interpreter', 'scribe', 'intelligence', 'technical', 'consultant', 'tactical-liaison', 'trainer'],
  tactical: ['leader', 'tactical-liaison', 'tactical', 'commander', 'trainer'],
  command: ['leader', 'commander', 'trainer'],
};

/** Longest message, in characters. */
export const MAX_CHAT_CHARS = 2_000;

/** One message of the team. */
export interface ChatMessage {
  readonly id: string;
  readonly channel: ChatChannel;
  readonly by: Person | null;
  readonly text: string;
  readonly at: number;
  /** Whoever reads it is asked to say so. */
  readonly asksRead: boolean;
}

/** What was said, oldest first, and who said of what that he has read it, by message and person: when. */
export interface Chat {
  readonly said: Grown<ChatMessage>;
  readonly read: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const initial: Chat = { said: Grown.empty<ChatMessage>(), read: {} };
const said = z.strictObject({
  messageId: idOf,
  channel: chatChannel,
  text: z.string().trim().min(1).max(MAX_CHAT_CHARS),
  asksRead: z.boolean(),
});
const read = z.strictObject({ messageId: idOf, channel: chatChannel });

/** True when this channel is there for somebody with these roles. */
export function mayChat(roles: readonly Role[], channel: ChatChannel): boolean {
  return roles.some((one) => CHAT_ROLES[channel].includes(one));
}

const sees = (viewer: Viewer, { channel }: { readonly channel: ChatChannel }) => mayChat(viewer.roles, channel);
type State = { readonly chat: Chat; readonly people: Readonly<Record<string, { readonly roles: readonly Role[] }>> };

const NOT_YOURS = refuse('D42', 'Your role does not read this channel.', 'Write to all, or ask the leader.');

export const chatTopic = {
  name: 'chat' as const,
  initial,
  commands: {
    'say-in-chat': command({
      by: CHATTERS,
      schema: said,
      decide: ({ people, chat }: State, asks, { who }) => {
        if (who.kind !== 'person' || !mayChat(people[who.personId]?.roles ?? [], asks.channel)) return NOT_YOURS;
        const isTaken = chat.said.findLast((one) => one.id === asks.messageId) !== undefined;
        return isTaken ? refuse('D42', 'There is such a message already.', 'Write it anew.') : [{ type: 'chat-said', payload: asks }];
      },
    }),
    'read-chat': command({
      by: CHATTERS,
      schema: z.strictObject({ messageId: idOf }),
      decide: ({ people, chat }: State, { messageId }, { who }) => {
        const message = chat.said.findLast((one) => one.id === messageId);
        if (who.kind !== 'person' || message === undefined || !mayChat(people[who.personId]?.roles ?? [], message.channel))
          return NOT_YOURS;
        const isRead = chat.read[messageId]?.[who.personId] !== undefined;
        return isRead || message.by?.personId === who.personId
          ? []
          : [{ type: 'chat-read', payload: { messageId, channel: message.channel } }];
      },
    }),
  },
  entries: {
    'chat-said': entry({
      schema: said,
      sees,
      reduce: (chat: Chat, p, { at, who }): Chat => ({
        ...chat,
        said: chat.said.with({
          id: p.messageId,
          channel: p.channel,
          by: who.kind === 'person' ? who : null,
          text: p.text,
          at,
          asksRead: p.asksRead,
        }),
      }),
    }),
    'chat-read': entry({
      schema: read,
      sees,
      reduce: (chat: Chat, p, { at, who }): Chat =>
        who.kind === 'person'
          ? { ...chat, read: { ...chat.read, [p.messageId]: { ...chat.read[p.messageId], [who.personId]: at } } }
          : chat,
    }),
  },
} satisfies Topic;
