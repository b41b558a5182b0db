// `npm run soak [-- --short]`: the same things for a long time. For now every property with many runs.
import { randomInt } from 'node:crypto';
import { fuzz, tell } from './fuzz.mjs';

const short = process.argv.includes('--short');
tell(await fuzz({ seed: randomInt(0x7fffffff), runs: short ? 500 : 20_000, limitMs: short ? 10 * 60_000 : 8 * 60 * 60_000 }));
