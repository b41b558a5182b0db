// The packages that Parley stands on: their licences, and a lock file that works on every platform that a team may have.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Licences that may be in the tree. */
const ALLOWED = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'MPL-2.0']);
/** Others, each package by name. All are permissive; the list is here so that a new one is seen and decided. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  glob: 'BlueOak-1.0.0',
  'graceful-fs': 'BlueOak-1.0.0',
  'lru-cache': 'BlueOak-1.0.0',
  minimatch: 'BlueOak-1.0.0',
  minipass: 'BlueOak-1.0.0',
  pako: 'MIT AND Zlib',
  'path-scurry': 'BlueOak-1.0.0',
  sax: 'BlueOak-1.0.0',
  tweetnacl: 'Unlicense',
};

/** Licences that stand in a package's LICENSE file only; the file is read below. */
const IN_FILE: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

/** What some packages write in place of an SPDX id. */
const SPELLINGS: Readonly<Record<string, string>> = { 'MPL 2.0': 'MPL-2.0' };

interface Locked {
  readonly version?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly license?: string;
}
type Lock = Readonly<Record<string, Locked>>;
const lock: Lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages;

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly { readonly license?: { readonly id?: string; readonly name?: string }; readonly expression?: string }[];
}

/** A package's licences as SPDX ids; of a choice (`A OR B`) one allowed id is enough. */
function licencesOf({ licenses = [] }: Component): string[] {
  return licenses.map(({ license, expression }) => {
    const choice = (expression ?? license?.id ?? license?.name ?? '').replace(/[()]/g, '').split(' OR ');
    return choice.find((id) => ALLOWED.has(id)) ?? choice.join(' OR ');
  });
}

/** npm leaves out what is no SPDX id; the lock file has what the package wrote. */
function withWrittenLicence(one: Component): Component {
  if (one.licenses !== undefined) return one;
  const found = Object.entries(lock).find(([path, { version }]) => path.endsWith(`node_modules/${one.name}`) && version === one.version);
  const written = found?.[1].license ?? IN_FILE[one.name];
  return written === undefined ? one : { ...one, licenses: [{ license: { name: SPELLINGS[written] ?? written } }] };
}

/** Packages whose licence nobody has decided to allow. One without any licence counts. */
function refused(components: readonly Component[]): string[] {
  const bad = components.filter((one) => {
    const licences = licencesOf(one);
    return licences.length === 0 || !licences.every((id) => ALLOWED.has(id) || EXCEPTIONS[one.name] === id);
  });
  return bad.map((one) => `${one.name}@${one.version}: ${licencesOf(one).join(', ') || 'no licence'}`);
}

describe('licences', () => {
  it('[B6] a licence that is taken from a file stands in it', () => {
    for (const [name, id] of Object.entries(IN_FILE))
      expect(readFileSync(`${root}node_modules/${name}/LICENSE`, 'utf8'), name).toMatch(new RegExp(`^${id} License`));
  });

  it('[B6] every package of the tree has a licence that is allowed', () => {
    // Tools too: the pages are bundled from packages that the server does not need.
    const npm = process.env['npm_execpath'];
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
    const options = { cwd: root, encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 } as const;
    const run = npm?.endsWith('js') ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options);
    expect(run.status, run.stderr).toBe(0);
    const components = (JSON.parse(run.stdout).components as readonly Component[]).map(withWrittenLicence);
    expect(components.length).toBeGreaterThan(50);
    expect(refused(components)).toEqual([]);
    const names = new Set(components.map((one) => one.name));
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([]);
  }, 70_000);

  it('[B6] a copyleft, unknown, missing or sneaked-in licence is refused', () => {
    const one = (name: string, ...licenses: NonNullable<Component['licenses']>) => ({ name, version: '1.0.0', licenses });
    const bad = [
      one('a', { license: { id: 'GPL-3.0-only' } }),
      one('b'),
      one('c', { license: { name: 'SEE LICENSE IN x' } }),
      one('d', { license: { id: 'MIT' } }, { license: { id: 'AGPL-3.0' } }),
      one('e', { license: { id: 'BlueOak-1.0.0' } }),
      one('f', { expression: 'MIT AND GPL-2.0' }),
    ];
    expect(refused(bad)).toHaveLength(bad.length);
    expect(refused([one('g', { expression: '(MIT OR GPL-2.0)' }), one('glob', { license: { id: 'BlueOak-1.0.0' } })])).toEqual([]);
  });
});

const PLATFORMS = [
  ['darwin', 'arm64'],
  ['linux', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'x64'],
] as const;

const runsOn = (one: Locked, os: string, cpu: string) => (one.os ?? [os]).includes(os) && (one.cpu ?? [cpu]).includes(cpu);

/** Platforms that a native package of the lock file has no binary for. */
function uncovered(lock: Lock): string[] {
  const missing: string[] = [];
  for (const [path, one] of Object.entries(lock)) {
    const parts = Object.keys(one.optionalDependencies ?? {}).map(
      (name) => lock[`${path}/node_modules/${name}`] ?? lock[`node_modules/${name}`],
    );
    // Packages that bring one small package for each platform.
    const native = parts.filter((part) => part?.cpu !== undefined).length > 1 || parts.includes(undefined);
    const binaries = parts.filter((part) => part?.cpu !== undefined);
    for (const [os, cpu] of native ? PLATFORMS : []) {
      if (!binaries.some((part) => part !== undefined && runsOn(part, os, cpu))) missing.push(`${path}: ${os}-${cpu}`);
    }
    // Packages that hold all their binaries and say where they run.
    for (const [os, cpu] of one.optional ? [] : PLATFORMS) if (!runsOn(one, os, cpu)) missing.push(`${path}: ${os}-${cpu}`);
  }
  return missing;
}

describe('the lock file', () => {
  it('[B7] holds every native package for macOS, Linux and Windows', () => {
    expect(Object.keys(lock).length).toBeGreaterThan(50);
    expect(uncovered(lock)).toEqual([]);
    const { 'node_modules/@esbuild/darwin-arm64': _, ...without } = lock;
    expect(uncovered(without)).toEqual(['node_modules/esbuild: darwin-arm64']);
    expect(uncovered({ 'node_modules/x': { os: ['linux'], cpu: ['x64', 'arm64'] } })).toEqual([
      'node_modules/x: darwin-arm64',
      'node_modules/x: win32-x64',
    ]);
  });

  it('[B7] names a hash for every package, and no address', () => {
    // No address means: the registry that npm is set to. The hash decides what is accepted from there.
    const wellKept = (one: Locked) => one.integrity?.startsWith('sha512-') === true && one.resolved === undefined;
    const bad = Object.entries(lock).filter(([path, one]) => path !== '' && !wellKept(one));
    expect(bad.map(([path, one]) => `${path} ${one.resolved} ${one.integrity}`)).toEqual([]);
    expect([wellKept({ integrity: 'sha512-x', resolved: 'http://elsewhere.example/x.tgz' }), wellKept({})]).toEqual([false, false]);
  });

  it('[B8] no package needs an install script: those that have one are switched off by name', () => {
    const { allowScripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { allowScripts: Record<string, boolean> };
    const withScript = Object.entries(lock).filter(([, one]) => one.hasInstallScript === true && one.optional !== true);
    expect(withScript.map(([path]) => path.replace(/^.*node_modules\//, '')).sort()).toEqual(Object.keys(allowScripts).sort());
    expect(Object.values(allowScripts)).not.toContain(true);
  });
});
