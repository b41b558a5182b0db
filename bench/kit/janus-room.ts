// The same load as one media room of ours, in a VideoRoom of Janus: each leg sends one voice and hears the others'; all is recorded.
import type { Child } from './child.ts';
import type { Janus, Jsep } from './janus.ts';

const ROOM = 1;
const LIMIT_MS = 20_000;

/** Janus checks nobody before it knows an address. Ours are left out (see caller/path.ts), so it gets one where nobody is; our own
 *  checks then show it where we are. */
function withNowhere(sdp: string): string {
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('a=candidate:') && line !== 'a=end-of-candidates');
  const ends = lines.flatMap((line, at) => (line.startsWith('m=') && at > 0 ? [at] : []));
  const at = ends[1] ?? lines.length;
  return `${[...lines.slice(0, at), 'a=candidate:1 1 UDP 1 127.0.0.1 9 typ host', 'a=end-of-candidates', ...lines.slice(at)].join('\r\n')}\r\n`;
}

const jsepOf = (type: Jsep['type'], sdp: string): Jsep => ({ type, sdp: withNowhere(sdp) });

async function publish(janus: Janus, clients: Child, { leg, sdp }: { leg: number; sdp: string }): Promise<void> {
  const handle = await janus.attach();
  await janus.ask(handle, { request: 'join', ptype: 'publisher', room: ROOM, id: leg + 1 });
  const { jsep } = await janus.ask(handle, { request: 'publish' }, jsepOf('offer', sdp));
  clients.send({ t: 'answer', leg, sdp: jsep?.sdp ?? '' });
  await janus.up(handle);
}

async function subscribe(janus: Janus, clients: Child, leg: number, mics: readonly number[]): Promise<void> {
  const handle = await janus.attach();
  const streams = mics.filter((mic) => mic !== leg).map((mic) => ({ feed: mic + 1 }));
  const { jsep } = await janus.ask(handle, { request: 'join', ptype: 'subscriber', room: ROOM, streams });
  clients.send({ t: 'hear', leg, sdp: jsep?.sdp ?? '' });
  const { sdp } = await clients.next<{ sdp: string }>(`hears-${leg}`, LIMIT_MS);
  await janus.ask(handle, { request: 'start' }, jsepOf('answer', sdp));
  await janus.up(handle);
}

/** Brings all legs of the child into one recorded room, the first `mics` of them heard by all others. Resolved when all paths are up. */
export async function fillJanusRoom(
  janus: Janus,
  clients: Child,
  room: { readonly legs: number; readonly mics: number; readonly folder: string },
): Promise<void> {
  const made = { request: 'create', room: ROOM, publishers: room.legs, audiocodec: 'opus', record: true, rec_dir: room.folder };
  await janus.ask(await janus.attach(), made);
  const published: Promise<void>[] = [];
  const all = new Promise<void>((resolve, reject) => {
    clients.on<{ leg: number; sdp: string }>('offer', (offer) => {
      const one = publish(janus, clients, offer);
      one.catch(reject);
      published.push(one);
      if (published.length === room.legs) resolve();
    });
  });
  await all;
  await Promise.all(published);
  const mics = Array.from({ length: room.mics }, (_, mic) => mic);
  for (let leg = 0; leg < room.legs; leg++) await subscribe(janus, clients, leg, mics);
  clients.send({ t: 'all-hear' });
}
