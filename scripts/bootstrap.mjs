// Makes a fresh clone ready: checks Node, installs what the lock file says, builds when sources changed.
// Built-ins only, for it runs before node_modules exists. The building itself is in build.mjs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALL_LIMIT_MS = 10 * 60_000;

function stop(message) {
  console.error(`parley: ${message}`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Node ${process.versions.node} is too old. Install Node 20.19 or newer (24 LTS is best) from https://nodejs.org and try again.`);
}

/** True when npm's own record of what is installed says the same as the lock file, as after `npm install something`. */
function alreadyInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(record, 'utf8')).packages;
  const same = ([path, one]) => there[path]?.version === one.version && there[path]?.integrity === one.integrity;
  // Optional ones are for other platforms.
  const complete = Object.entries(wanted).every(([path, one]) => path === '' || (one.optional && !there[path]) || same([path, one]));
  return complete && Object.keys(there).every((path) => path in wanted);
}

function install() {
  const lock = join(root, 'package-lock.json');
  const mark = join(root, 'node_modules', '.lock-hash');
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return;
  if (alreadyInstalled()) {
    writeFileSync(mark, hash);
    return;
  }
  console.error('parley: installing the packages of package-lock.json (first start, or the lock file changed)');
  // npm names itself to the scripts it runs; without it (node scripts/bootstrap.mjs) npm is taken from PATH.
  const npm = process.env.npm_execpath;
  // --include=dev: the build tools are dev packages, and NODE_ENV=production would leave them out.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  const options = { cwd: root, stdio: ['ignore', 2, 2], timeout: INSTALL_LIMIT_MS };
  const done = npm?.endsWith('js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (done.status !== 0) {
    stop('"npm ci" failed (see above). Check the network or the npm registry setting, then start again; nothing else was changed.');
  }
  writeFileSync(mark, hash);
}

checkNode();
install();
if (process.argv.includes('build')) {
  const { build } = await import('./build.mjs');
  const failed = await build({ web: true });
  if (failed.length > 0) stop(`the build of ${failed.join(', ')} failed (see above)`);
}
