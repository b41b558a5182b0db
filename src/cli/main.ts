// The command line: which command is meant. Each command is a file of its own; without one Parley is started.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from './start.ts';

const [command = 'start'] = process.argv.slice(2);

if (command === 'start') start(join(dirname(fileURLToPath(import.meta.url)), 'main.js'));
else {
  process.stderr.write(`There is no command "${command}". Commands: start.\n`);
  process.exitCode = 2;
}
