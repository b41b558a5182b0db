// Builds dist/ from src/ when it is out of date: esbuild for what Node runs, vite for the pages.
// Outputs are made beside dist and moved in, so that a reader never meets half a file.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const voiceSource = join(root, 'src', 'caller', 'voice');
const WEB_LIMIT_MS = 3 * 60_000;

/** Entries that Node runs: output name -> source. Those that do not exist are left out. */
export const NODE_ENTRIES = {
  main: 'src/main.ts',
  media: 'src/media/main.ts',
  'store-thread': 'src/adapters/store/sqlite/thread.ts',
  'search-thread': 'src/adapters/store/search/sqlite/thread.ts',
  picture: 'src/adapters/pictures/jail/program.ts',
  caller: 'src/caller/main.ts',
  prompter: 'src/prompter/main.ts',
  cli: 'src/cli/main.ts',
  ears: 'src/ears/main.ts',
  jobs: 'src/jobs/main.ts',
};

/** Entries that are built in one piece with the libraries that they use. The media worker is started in the middle of a call when it
 *  died: out of one file it is there in little more than half the time. Native parts stay outside. */
const IN_ONE_PIECE = {
  media: {
    packages: 'bundle',
    external: ['@evan/opus'],
    // Libraries of the older module kind ask for Node's own parts by `require`.
    banner: { js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);" },
  },
  // The only file that its process may read: codecs and all.
  picture: { packages: 'bundle', loader: { '.wasm': 'binary' } },
};

function* filesBelow(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Name, size and time of every source: cheap, and any edit changes it. */
function stampOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function stamps() {
  const tools = ['package-lock.json', 'scripts/build.mjs'].map((name) => join(root, name));
  const webFolder = join(root, 'src', 'web') + sep;
  const all = [...filesBelow(join(root, 'src'))];
  const node = all.filter((path) => !path.startsWith(webFolder));
  const shared = node.filter((path) => /^src[\\/](core|protocol)[\\/]/.test(relative(root, path)));
  const web = all.filter((path) => path.startsWith(webFolder));
  return { node: stampOf([...node, ...tools]), web: stampOf([...web, ...shared, ...tools, join(root, 'vite.config.ts')]) };
}

function fresh(name, stamp, mustExist) {
  const mark = join(root, 'dist', `.${name}-stamp`);
  return existsSync(mark) && readFileSync(mark, 'utf8') === stamp && mustExist.every((path) => existsSync(join(root, 'dist', path)));
}

function stagingFolder() {
  const path = join(root, 'dist', `.next-${process.pid}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

/** Folders of builds that were killed. */
function clearStale() {
  for (const name of readdirSync(join(root, 'dist')).filter((one) => one.startsWith('.next-'))) {
    try {
      process.kill(Number(name.slice('.next-'.length)), 0);
    } catch {
      rmSync(join(root, 'dist', name), { recursive: true, force: true });
    }
  }
}

async function buildNode(entries) {
  const { build } = await import('esbuild');
  const staging = stagingFolder();
  const failed = [];
  for (const [name, source] of entries) {
    // One build an entry: a fault in one must not take the others away.
    try {
      await build({
        entryPoints: [join(root, source)],
        outfile: join(staging, `${name}.js`),
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        packages: 'external',
        sourcemap: true,
        logLevel: 'error',
        absWorkingDir: root,
        ...IN_ONE_PIECE[name],
      });
      for (const file of [`${name}.js.map`, `${name}.js`]) renameSync(join(staging, file), join(root, 'dist', file));
    } catch {
      // esbuild has printed why. The old output goes, so that nobody runs yesterday's code by mistake.
      rmSync(join(root, 'dist', `${name}.js`), { force: true });
      failed.push(source);
    }
  }
  rmSync(staging, { recursive: true, force: true });
  return failed;
}

/** Sound files that the caller reads at run time, beside its program. */
function copyVoice() {
  if (!existsSync(voiceSource)) return;
  const staging = stagingFolder();
  const out = join(root, 'dist', 'voice');
  cpSync(voiceSource, join(staging, 'voice'), { recursive: true });
  rmSync(out, { recursive: true, force: true });
  renameSync(join(staging, 'voice'), out);
  rmSync(staging, { recursive: true, force: true });
}

/** In a process of its own: vite takes NODE_ENV from the environment, and a fault in a page must not end the tests that asked. */
function buildWeb() {
  const staging = stagingFolder();
  const out = join(root, 'dist', 'web');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [
    vite,
    'build',
    '--config',
    join(root, 'vite.config.ts'),
    '--logLevel',
    'warn',
    '--emptyOutDir',
    '--outDir',
    join(staging, 'web'),
  ];
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2], env, timeout: WEB_LIMIT_MS });
  rmSync(out, { recursive: true, force: true });
  if (status === 0) renameSync(join(staging, 'web'), out);
  rmSync(staging, { recursive: true, force: true });
  return status === 0 ? [] : ['src/web'];
}

/**
 * Brings dist/ up to date. Answers the sources that did not build, empty when all is well.
 * `web`: the pages too.
 */
export async function build({ web }) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  clearStale();
  const now = stamps();
  const entries = Object.entries(NODE_ENTRIES).filter(([, source]) => existsSync(join(root, source)));
  const failed = [];
  const outputs = [...entries.map(([name]) => `${name}.js`), ...(existsSync(voiceSource) ? ['voice/manifest.json'] : [])];
  if (!fresh('node', now.node, outputs)) {
    failed.push(...(await buildNode(entries)));
    copyVoice();
    if (failed.length === 0) writeFileSync(join(root, 'dist', '.node-stamp'), now.node);
  }
  if (web && existsSync(join(root, 'src', 'web', 'index.html')) && !fresh('web', now.web, ['web/index.html'])) {
    const webFailed = buildWeb();
    failed.push(...webFailed);
    if (webFailed.length === 0) writeFileSync(join(root, 'dist', '.web-stamp'), now.web);
  }
  return failed;
}
