// Ties what is open to the session that opened it: when a session ends, so do its sockets, its sound and its pictures.
import type { WebSocket } from 'ws';
import type { Rooms } from '../rooms.ts';
import { CLOSE } from '../socket/wire.ts';
import type { Doors } from './doors.ts';
import type { Session } from './sessions.ts';

/** A socket whose session has ended gets so long for a goodbye, ms. */
const END_WITHIN_MS = 300;
/** How a console's command begins on the wire. */
const COMMAND = /^\{\s*"t"\s*:\s*"command"/;

/** A session's end closes its socket at once, whether the far end agrees or not; commands on it keep the session from being locked. */
export function tieToSession(socket: WebSocket, doors: Doors, session: Session): void {
  const end = () => {
    socket.close(CLOSE.gone, 'signed out');
    setTimeout(() => socket.terminate(), END_WITHIN_MS).unref();
  };
  socket.once('close', doors.socketOpened(session, end));
  socket.on('message', (data) => {
    if (COMMAND.test(String(data).slice(0, 40))) doors.active(session);
  });
}

/** Who is signed out must not go on hearing by what that session connected. */
export function endSoundWithSession(doors: Doors, rooms: Rooms): void {
  doors.onSessionEnded((ended) => {
    // Where he has no leg there is nothing to end, and a worker that is down has ended it.
    for (const { sound, room } of rooms.all())
      if (room.state.people[ended.personId] !== undefined) sound.sessionEnded(ended).catch(() => undefined);
  });
}
