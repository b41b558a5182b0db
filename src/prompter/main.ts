// The machine coach of the practice call as a program: comes in by a one-time invitation, joins the sound, leaves with the call.
import { randomUUID } from 'node:crypto';
import { isThisMachine, stackServers } from '../caller/ice.ts';
import { makeMouth } from '../caller/mouth.ts';
import { endStack } from '../caller/path.ts';
import { makeSound } from '../caller/sound.ts';
import { realTiming as timing } from '../caller/timing.ts';
import { loadVoice } from '../caller/voice.ts';
import type { ToTeam } from '../protocol/team.ts';
import { makeCommands } from './commands.ts';
import { enterBy, type Seat } from './door.ts';
import { makeListener } from './listener.ts';
import { makeMachine } from './machine.ts';
import { openTeamSocket, type TeamSocket } from './socket.ts';

const USAGE =
  'usage: PARLEY_PROMPTER_URL=http://HOST:PORT/console#invite=TOKEN prompter\nFor an address with a local certificate set NODE_EXTRA_CA_CERTS.';
/** Voices that can be heard at once, as a console asks for. */
const SLOTS = 8;

/** Sits in the seat until the call is over, or the box does not want it any more. */
function sit(seat: Seat, bindAddress: string | undefined): Promise<void> {
  return new Promise((done) => {
    const sound = makeSound({
      timing,
      bindAddress,
      slots: SLOTS,
      offer: (req, sdp) => socket.send({ t: 'offer', req, sdp }),
      onState: () => {},
      onPacket: (packet, stream) => listener.hear(packet, stream),
    });
    const mouth = makeMouth(timing, (packet, index) => sound.send(packet, index));
    const listener = makeListener({ timing, isSpeaking: mouth.isSpeaking, onSpeech: (leg, change) => machine.heard(leg, change) });
    const commands = makeCommands({
      timing,
      send: (message) => socket.send(message),
      newId: () => randomUUID().replaceAll('-', ''),
    });

    const leave = () => {
      machine.stop();
      mouth.stop();
      socket.send({ t: 'leave-sound' });
      sound.close();
      // What was just sent still has to leave.
      timing.after(300, () => {
        socket.stop();
        done();
      });
    };
    const machine = makeMachine({
      timing,
      personId: seat.personId,
      commands,
      mouth,
      listener,
      voices: { coach: loadVoice('coach'), negotiator: loadVoice('negotiator') },
      onDone: leave,
    });

    const onMessage = (message: ToTeam) => {
      switch (message.t) {
        case 'welcome':
          machine.forget();
          return sound.wayIsBack({ servers: stackServers(message.ice), relayOnly: message.relayOnly });
        case 'reset':
          return machine.forget();
        case 'entries':
          return machine.entries(message.entries);
        case 'ack':
        case 'refused':
        case 'unlogged':
          return commands.answered(message);
        case 'answer':
          return sound.answered(message.req, message.sdp);
        case 'offer-again':
          return sound.renew();
        case 'slots':
          return listener.slots(message.slots);
        default:
          return;
      }
    };
    const socket: TeamSocket = openTeamSocket({ timing, seat, onMessage, onGone: leave });
    mouth.start();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, leave);
  });
}

async function main(): Promise<void> {
  const address = process.env['PARLEY_PROMPTER_URL'] ?? '';
  if (!URL.canParse(address)) throw new Error(USAGE);
  const invitation = new URL(address);
  const seat = await enterBy(invitation);
  await sit(seat, isThisMachine(invitation) ? '127.0.0.1' : undefined);
  await seat.leave();
}

main()
  .then(() => 0)
  .catch((cause: unknown) => {
    process.stderr.write(`prompter: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 1;
  })
  .then((code) => {
    endStack();
    process.exit(code);
  });
