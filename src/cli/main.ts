// The command line: which command is meant. Each command is a file of its own; without one Parley is started.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from './start.ts';

const asked = process.argv.slice(2);
const flags = asked.filter((one) => one.startsWith('--'));
const [command = 'start'] = asked.filter((one) => !one.startsWith('--'));
const strange = flags.find((one) => one !== '--examples');
if (flags.includes('--examples')) process.env['PARLEY_EXAMPLES'] = '1';

if (strange !== undefined) {
  process.stderr.write(`There is no setting "${strange}". Settings: --examples.\n`);
  process.exitCode = 2;
} else if (command === 'start') start(join(dirname(fileURLToPath(import.meta.url)), 'main.js'));
else {
  process.stderr.write(`There is no command "${command}". Commands: start.\n`);
  process.exitCode = 2;
}
