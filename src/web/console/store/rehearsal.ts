// For tests of the stores: a server whose sockets can be held, cut and started again.
import type { Entry, Role } from '../../../core/incident/topic.ts';
import type { FromTeam, ToTeam } from '../../../protocol/team.ts';
import type { Socket } from '../../line/wire.ts';

/** The far end of the sockets that were opened, newest last. */
export interface FakeServer {
  readonly open: () => Socket;
  /** How many sockets were ever opened. */
  opened(): number;
  /** Lets the newest socket become open. */
  accept(): void;
  /** Says something on the newest socket. */
  say(...messages: readonly ToTeam[]): void;
  /** What was heard on the newest socket, beats left out. */
  heard(): readonly FromTeam[];
  /** Cuts the newest socket as a broken network does. */
  cut(): void;
}

interface FakeSocket extends Socket {
  readonly heard: FromTeam[];
  isClosed: boolean;
}

export function makeFakeServer(): FakeServer {
  const sockets: FakeSocket[] = [];
  const newest = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  };
  return {
    open: () => {
      const heard: FromTeam[] = [];
      const socket: FakeSocket = {
        heard,
        isClosed: false,
        onopen: null,
        onmessage: null,
        onclose: null,
        send: (text) => {
          heard.push(JSON.parse(text) as FromTeam);
        },
        close: () => {
          socket.isClosed = true;
        },
      };
      sockets.push(socket);
      return socket;
    },
    opened: () => sockets.length,
    accept: () => newest().onopen?.(),
    say: (...messages) => {
      for (const message of messages) newest().onmessage?.({ data: JSON.stringify(message) });
    },
    heard: () => newest().heard.filter((message) => message.t !== 'beat'),
    cut: () => newest().onclose?.(),
  };
}

export const ME = 'p-anna';

export function welcome(head: number, roles: readonly Role[] = ['leader', 'primary']): ToTeam {
  return { t: 'welcome', v: 1, you: { personId: ME, name: 'Anna', roles }, head, ice: [], relayOnly: false };
}

/** Notes with these numbers, as entries. */
export function notes(...seqs: readonly number[]): readonly Entry[] {
  return seqs.map((seq) => ({
    seq,
    at: 1000 + seq,
    who: { kind: 'person', personId: ME, name: 'Anna' },
    type: 'note-written',
    payload: { text: `note ${seq}` },
  }));
}
