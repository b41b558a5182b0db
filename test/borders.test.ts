// The law of the house: which room may import what. Proved on the real sources, and each rule by an import planted against it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Cruise {
  readonly summary: { readonly totalCruised: number; readonly violations: readonly { from: string; to: string; rule: { name: string } }[] };
  readonly modules: readonly { readonly source: string }[];
}

/** Runs the same tool with the same rules as the check, in a folder. */
function cruise(folder: string): Cruise {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [tool, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 });
  if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser said: ${run.stdout}${run.stderr}`);
  return JSON.parse(run.stdout);
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function sourcesBelow(folder: string): string[] {
  const all = readdirSync(folder, { withFileTypes: true, recursive: true });
  return all.filter((one) => one.isFile() && /\.tsx?$/.test(one.name)).map((one) => relative(root, join(one.parentPath, one.name)));
}

/** A house of empty rooms, so that every planted import points at something that exists. */
const ROOMS = [
  'core/a',
  'core/b',
  'core/evidence/chain',
  'core/audio/route',
  'protocol/team',
  'protocol/field',
  'protocol/worker',
  'protocol/limits',
  'protocol/ears',
  'ports/store',
  'adapters/store/shared',
  'adapters/store/memory/store',
  'adapters/media/worker/media',
  'server/room',
  'server/http',
  'media/main',
  'media/leg',
  'ears/main',
  'ears/vad',
  'caller/main',
  'caller/voice',
  'caller/call',
  'prompter/main',
  'prompter/coach',
  'protocol/access',
  'jobs/main',
  'jobs/bundle',
  'cli/main',
  'cli/start',
  'web/console/app',
  'web/shared/words',
  'web/line/line',
  'web/field/page',
  'main',
];

/** Rule, the file that breaks it, and what it imports. */
const PLANTS: readonly (readonly [rule: string, file: string, target: string])[] = [
  ['core', 'core/p1', '../server/room.ts'],
  ['core', 'core/p2', '../protocol/team.ts'],
  ['core', 'core/p3', '../ports/store.ts'],
  ['core', 'core/p4', 'node:fs'],
  ['core', 'core/p5', 'fastify'],
  ['core', 'core/p6', '../web/shared/words.ts'],
  ['protocol-field', 'protocol/field', './team.ts'],
  ['protocol-field', 'protocol/field', './limits.ts'],
  ['protocol-field', 'protocol/field', '../core/a.ts'],
  ['protocol', 'protocol/p1', '../server/room.ts'],
  ['protocol', 'protocol/p2', '../ports/store.ts'],
  ['protocol', 'protocol/p3', 'node:buffer'],
  ['ports', 'ports/p1', '../adapters/store/shared.ts'],
  ['ports', 'ports/p2', '../server/room.ts'],
  ['ports', 'ports/p3', 'node:fs'],
  ['adapters', 'adapters/store/p1', '../media/worker/media.ts'],
  ['adapters', 'adapters/media/p2', '../../server/room.ts'],
  ['adapters', 'adapters/media/p3', '../../media/leg.ts'],
  ['server', 'server/p1', '../adapters/store/memory/store.ts'],
  ['server', 'server/p2', '../media/leg.ts'],
  ['server', 'server/p3', '../web/shared/words.ts'],
  ['media', 'media/p1', '../protocol/team.ts'],
  ['media', 'media/p2', '../core/audio/route.ts'],
  ['media', 'media/p3', '../ports/store.ts'],
  ['media', 'media/p4', '../server/room.ts'],
  ['ears', 'ears/p1', '../protocol/team.ts'],
  ['ears', 'ears/p2', '../media/leg.ts'],
  ['ears', 'ears/p3', '../core/a.ts'],
  ['caller', 'caller/p1', '../protocol/team.ts'],
  ['caller', 'caller/p2', '../media/leg.ts'],
  ['caller', 'caller/p3', '../prompter/coach.ts'],
  ['prompter', 'prompter/p1', '../protocol/field.ts'],
  ['prompter', 'prompter/p2', '../caller/call.ts'],
  ['prompter', 'prompter/p3', '../core/a.ts'],
  ['prompter', 'prompter/p4', '../server/room.ts'],
  ['jobs', 'jobs/p1', '../server/room.ts'],
  ['jobs', 'jobs/p2', '../adapters/store/shared.ts'],
  ['cli', 'cli/p1', '../adapters/store/memory/store.ts'],
  ['cli', 'cli/p2', '../server/room.ts'],
  ['web-line', 'web/line/p1', '../shared/words.ts'],
  ['web-line', 'web/line/p2', '../../protocol/team.ts'],
  ['web-line', 'web/line/p3', 'react'],
  ['web-field', 'web/field/p1', '../console/app.ts'],
  ['web-field', 'web/field/p2', '../../protocol/team.ts'],
  ['web-field', 'web/field/p3', '../../core/a.ts'],
  ['web-field', 'web/field/p4', 'react'],
  ['web', 'web/console/p1', '../../server/room.ts'],
  ['web', 'web/console/p2', '../../ports/store.ts'],
  ['web', 'web/console/p3', 'node:fs'],
  ['only-main-names-adapters', 'server/p1', '../adapters/store/memory/store.ts'],
  ['only-main-names-adapters', 'cli/p1', '../adapters/store/memory/store.ts'],
  ['nobody-imports-main', 'server/p4', '../main.ts'],
  ['nobody-imports-main', 'media/p5', './main.ts'],
  ['no-tests-in-the-product', 'server/p5', './room.test.ts'],
  ['no-tests-in-the-product', 'server/p6', '../../test/kit.ts'],
  ['no-tools-in-the-product', 'server/p7', 'vitest'],
  ['resolvable', 'server/p8', 'never-installed'],
  ['no-circles', 'core/circle1', './circle2.ts'],
  ['resolvable', 'server/p9', './not-there.ts'],
];

/** Imports that the law allows: a rule that forbids everything would prove nothing. */
const ALLOWED: readonly (readonly [file: string, target: string])[] = [
  ['core/a', './b.ts'],
  ['core/a', 'zod'],
  ['protocol/team', '../core/a.ts'],
  ['protocol/field', 'zod'],
  ['ports/store', '../protocol/worker.ts'],
  ['adapters/store/memory/store', '../shared.ts'],
  ['adapters/store/memory/store', '../../../ports/store.ts'],
  ['adapters/store/memory/store', 'node:fs'],
  ['adapters/store/memory/store', '../../../core/evidence/chain.ts'],
  ['server/room', '../core/a.ts'],
  ['server/room', '../ports/store.ts'],
  ['server/http', 'fastify'],
  ['server/http', 'node:http'],
  ['media/leg', '../protocol/worker.ts'],
  ['media/leg', '../core/evidence/chain.ts'],
  ['ears/vad', '../protocol/ears.ts'],
  ['caller/voice', '../protocol/field.ts'],
  ['prompter/coach', '../caller/voice.ts'],
  ['prompter/coach', '../protocol/team.ts'],
  ['prompter/coach', '../protocol/access.ts'],
  ['jobs/bundle', '../ports/store.ts'],
  ['cli/start', '../protocol/limits.ts'],
  ['web/console/app', '../../core/b.ts'],
  ['web/console/app', 'react'],
  ['web/line/line', '../../protocol/field.ts'],
  ['web/field/page', '../line/line.ts'],
  ['main', './adapters/store/memory/store.ts'],
  ['main', './server/http.ts'],
  ['server/room.test', '../adapters/store/memory/store.ts'],
  ['server/room.test', 'vitest'],
  ['core/a.test', 'node:crypto'],
];

function houseWith(imports: readonly (readonly [file: string, target: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-house-'));
  const files = new Map<string, string[]>([...ROOMS, 'server/room.test'].map((room) => [room, []]));
  for (const [file, target] of imports) files.set(file, [...(files.get(file) ?? []), target]);
  for (const [file, targets] of files) {
    const text = targets.map((target, i) => `import type * as m${i} from '${target}';\nexport type T${i} = typeof m${i};\n`).join('');
    write(folder, `src/${file}.ts`, `${text}export const here = 1;\n`);
  }
  // A circle of types alone is allowed, so this one is of values.
  write(folder, 'src/core/circle1.ts', "import { two } from './circle2.ts';\nexport const one = () => two;\n");
  write(
    folder,
    'src/core/circle2.ts',
    imports === ALLOWED ? 'export const two = 2;\n' : "import { one } from './circle1.ts';\nexport const two = () => one;\n",
  );
  write(folder, 'test/kit.ts', 'export const kit = 1;\n');
  const packages = { dependencies: { zod: '1', fastify: '1' }, devDependencies: { vitest: '1', react: '1' } };
  write(folder, 'package.json', JSON.stringify({ name: 'house', type: 'module', ...packages }));
  for (const name of ['zod', 'fastify', 'vitest', 'react']) {
    write(folder, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(folder, `node_modules/${name}/index.js`, 'module.exports = 1;\n');
  }
  return folder;
}

describe('the borders of the house', () => {
  it('[B1] no import in the sources crosses a border, and the tool has seen all of them', () => {
    const { summary, modules } = cruise(root);
    expect(summary.violations.map((one) => `${one.rule.name}: ${one.from} -> ${one.to}`)).toEqual([]);
    const seen = new Set(modules.map((one) => one.source));
    const sources = sourcesBelow(join(root, 'src'));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((path) => !seen.has(path) && !path.endsWith('.d.ts'))).toEqual([]);
  }, 60_000);

  describe('with imports planted against each rule', () => {
    let planted: Cruise;
    let folder: string;
    beforeAll(() => {
      folder = houseWith(PLANTS.map(([, file, target]) => [file, target] as const));
      planted = cruise(folder);
    }, 60_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(PLANTS)('[B1] %s: src/%s.ts must not import %s', (rule, file, target) => {
      const name = target.split('/').at(-1)?.replace('node:', '') ?? '';
      const hits = planted.summary.violations.filter((one) => one.rule.name === rule && one.from === `src/${file}.ts`);
      expect(hits.map((one) => one.to)).toContainEqual(expect.stringContaining(name));
    });

    it('[B1] every rule has a plant', () => {
      const config = readFileSync(join(root, '.dependency-cruiser.cjs'), 'utf8');
      const proved = new Set(PLANTS.map(([rule]) => rule));
      const named = [...config.matchAll(/name: '([a-z-]+)'/g)].map((match) => match[1]);
      const rooms = [...config.matchAll(/^ {2}'?([a-z-]+)'?: \{$|^ {2}'?([a-z-]+)'?: \{ from/gm)].map((match) => match[1] ?? match[2]);
      expect(rooms.length).toBeGreaterThan(10);
      expect([...named, ...rooms].filter((rule) => rule !== undefined && rule !== 'options' && !proved.has(rule))).toEqual([]);
    });
  });

  it('[B1] what the law allows passes', () => {
    const folder = houseWith(ALLOWED);
    try {
      const { summary } = cruise(folder);
      expect(summary.totalCruised).toBeGreaterThan(ROOMS.length);
      expect(summary.violations.map((one) => `${one.rule.name}: ${one.from} -> ${one.to}`)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('core is checked without a browser and without Node', () => {
  /** What tsc says about one file under core's settings. */
  function checkAsCore(text: string): { status: number | null; said: string } {
    // Inside the project, so that packages are found; in dist, which no other check reads.
    const folder = mkdtempSync(join(root, 'dist', '.core-'));
    try {
      write(folder, 'planted.ts', text);
      write(folder, 'tsconfig.json', JSON.stringify({ extends: '../../tsconfig.core.json', include: ['planted.ts'], exclude: [] }));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const run = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', timeout: 60_000 });
      return { status: run.status, said: run.stdout };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('[B2] window, document, process, Buffer, timers and Node modules do not exist there', () => {
    const planted = ['window', 'document', 'process', 'Buffer', 'setTimeout', 'console', 'fetch', 'crypto'];
    const { status, said } = checkAsCore(
      `${planted.map((name, i) => `export const v${i} = ${name};`).join('\n')}\nexport * from 'node:fs';\n`,
    );
    expect(status).not.toBe(0);
    for (const name of planted) expect(said).toContain(`'${name}'`);
    expect(said).toContain('node:fs');
  }, 60_000);

  it('[B2] plain code with zod passes the same check', () => {
    const { status, said } = checkAsCore("import { z } from 'zod';\nexport const schema = z.strictObject({ n: z.number() });\n");
    expect(said).toBe('');
    expect(status).toBe(0);
  }, 60_000);
});

describe('one writer for each stream', () => {
  /** The one writer of each kind of stream: incidents, people, custody of closed incidents. */
  const WRITERS = ['src/server/room.ts', 'src/server/access/people.ts', 'src/server/custody.ts'];

  /** Files that write to a stream and may not: log.ts hands sealed lines to the store, and only the writers hand entries to log.ts. */
  function appenders(sources: readonly { path: string; text: string }[]): string[] {
    const toStore = (path: string) => /^src\/(server\/log\.ts|adapters\/store\/|ports\/)/.test(path);
    const toLog = (path: string) => toStore(path) || WRITERS.includes(path);
    const found = sources.filter(({ path, text }) => {
      if (/\bstore\s*\??\.\s*append\s*\(/i.test(text) && !toStore(path)) return true;
      return /\blog\s*\??\.\s*append\s*\(/i.test(text) && !toLog(path);
    });
    return found.map(({ path }) => path);
  }

  it('[B3] no file but the one writer of a stream adds to its log, and no file but server/log.ts to a store', () => {
    const sources = sourcesBelow(join(root, 'src')).filter((path) => !/\.test\.tsx?$/.test(path));
    expect(sources.length).toBeGreaterThan(0);
    expect(appenders(sources.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })))).toEqual([]);
    const planted = [
      { path: 'src/server/http/boards.ts', text: 'await deps.store.append(stream, 3, lines);' },
      { path: 'src/server/room.ts', text: 'await this.#store.append(stream, 3, lines);' },
      { path: 'src/server/reactions/sound.ts', text: 'await room.log.append(wanted);' },
      { path: 'src/server/room.ts', text: 'await this.#log.append(wanted);' },
    ];
    expect(appenders(planted)).toEqual(planted.slice(0, 3).map(({ path }) => path));
  });
});
