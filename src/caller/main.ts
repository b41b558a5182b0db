// The simulated far end as a program: reads its orders, makes the call, prints what happens. Ends with the call.
import { type Orders, OrdersFault, readOrders, USAGE } from './args.ts';
import { type Call, startCall } from './call.ts';
import { seededDice } from './dice.ts';
import { loadDeviceKey } from './key.ts';
import { tonePackets } from './opus.ts';
import { endStack } from './path.ts';
import { playPractice } from './practice.ts';
import { makeStage } from './stage.ts';
import { realTiming } from './timing.ts';
import { loadVoice } from './voice.ts';

const timing = realTiming;

function print(event: object): void {
  process.stdout.write(`${JSON.stringify({ ...event, at: Date.now() })}\n`);
}

/** Plays the scene once sound flows, and hangs up at its end. */
async function practise(call: Call, seed: number): Promise<void> {
  const dice = seededDice(seed);
  const stage = makeStage({ timing, call, voice: loadVoice('person'), onEvent: print });
  await stage.untilHeard();
  // The other side hears the line open before the first word.
  await stage.pause(1_000);
  const ending = await playPractice(stage, dice);
  if (ending === undefined) return;
  print({ event: 'ending', how: ending });
  call.hangUp();
}

async function main(orders: Orders): Promise<void> {
  const key = await loadDeviceKey(orders.keyFile);
  let over: () => void = () => {};
  const ended = new Promise<void>((done) => {
    over = done;
  });
  const call = startCall({
    timing,
    key,
    address: orders.address,
    tones: orders.listenTones,
    rest: orders.does.kind === 'tone' ? tonePackets(orders.does.hz) : undefined,
    onEvent: (event) => {
      print(event);
      if (event.event === 'ended' || event.event === 'gone') over();
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => call.hangUp());
  if (orders.does.kind === 'practice') await practise(call, orders.does.seed);
  await ended;
}

/** The stack's own threads are ended, and what was printed has left, before the process goes. */
function leave(code: number): void {
  endStack();
  process.stdout.write('', () => process.exit(code));
}

try {
  await main(readOrders(process.argv.slice(2), process.env));
  leave(0);
} catch (cause) {
  process.stderr.write(
    cause instanceof OrdersFault ? `${cause.message}\n${USAGE}\n` : `caller: ${cause instanceof Error ? cause.stack : String(cause)}\n`,
  );
  leave(cause instanceof OrdersFault ? 2 : 1);
}
