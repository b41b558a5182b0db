// What the caller is told to do, from its command line. No side effects.
import { parseArgs } from 'node:util';

export interface Orders {
  readonly address: URL;
  /** File of the device key; without one a new key is made for each run. */
  readonly keyFile?: string;
  readonly does:
    | { readonly kind: 'practice'; readonly seed: number }
    | { readonly kind: 'tone'; readonly hz: number }
    | { readonly kind: 'silence' };
  readonly listenTones: readonly number[];
}

export const USAGE = `usage: caller --url http://HOST:PORT/#TOKEN [--key FILE] [--script practice [--seed N] | --tone HZ] [--listen-tones HZ,HZ]
The address may be given in PARLEY_CALLER_URL instead, where other users of the machine cannot read it.
Prints one JSON object a line. For an address with a local certificate set NODE_EXTRA_CA_CERTS.`;

/** Orders that cannot be followed; the message says why. */
export class OrdersFault extends Error {
  override name = 'OrdersFault';
}

function hertz(text: string): number {
  const hz = Number(text);
  if (!(hz >= 50 && hz <= 7_000)) throw new OrdersFault(`"${text}" is no tone: 50 to 7000 Hz`);
  return hz;
}

function address(text: string | undefined): URL {
  if (text === undefined || !URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new OrdersFault('--url must be the address of a link');
  return new URL(text);
}

function doing(values: { readonly script?: string; readonly seed?: string; readonly tone?: string }): Orders['does'] {
  if (values.script !== undefined && values.tone !== undefined) throw new OrdersFault('--script or --tone, not both');
  if (values.tone !== undefined) return { kind: 'tone', hz: hertz(values.tone) };
  if (values.script === undefined) return { kind: 'silence' };
  if (values.script !== 'practice') throw new OrdersFault(`there is no script "${values.script}": practice`);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  if (!Number.isInteger(seed)) throw new OrdersFault('--seed must be a whole number');
  return { kind: 'practice', seed };
}

/** Reads the command line. @throws OrdersFault */
export function readOrders(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Orders {
  const text = { type: 'string' } as const;
  let values: {
    readonly url?: string;
    readonly key?: string;
    readonly script?: string;
    readonly seed?: string;
    readonly tone?: string;
    readonly 'listen-tones'?: string;
  };
  try {
    values = parseArgs({
      args: [...argv],
      options: { url: text, key: text, script: text, seed: text, tone: text, 'listen-tones': text },
    }).values;
  } catch (cause) {
    throw new OrdersFault(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return {
    address: address(values.url ?? env['PARLEY_CALLER_URL']),
    ...(values.key === undefined ? {} : { keyFile: values.key }),
    does: doing(values),
    listenTones: (values['listen-tones'] ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map(hertz),
  };
}
