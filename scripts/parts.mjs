// The system programs that some tests need: how to find them, and the line that installs them.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

const MAC_APPS = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge', ...MAC_APPS];

/** Name -> where to look (PATH names or absolute paths), the variable that overrides it, and the Debian/Ubuntu package. */
export const PARTS = {
  chromium: { look: CHROMIUMS, env: 'PARLEY_CHROMIUM', apt: 'chromium' },
  ffmpeg: { look: ['ffmpeg'], env: 'PARLEY_FFMPEG', apt: 'ffmpeg' },
  ffprobe: { look: ['ffprobe'], env: 'PARLEY_FFPROBE', apt: 'ffmpeg' },
  opusinfo: { look: ['opusinfo'], env: 'PARLEY_OPUSINFO', apt: 'opus-tools' },
  turnserver: { look: ['turnserver'], env: 'PARLEY_TURNSERVER', apt: 'coturn' },
  nginx: { look: ['nginx'], env: 'PARLEY_NGINX', apt: 'nginx-light' },
  ip: { look: ['ip'], env: 'PARLEY_IP', apt: 'iproute2' },
  iptables: { look: ['iptables'], env: 'PARLEY_IPTABLES', apt: 'iptables' },
  flite: { look: ['flite'], env: 'PARLEY_FLITE', apt: 'flite' },
  openssl: { look: ['openssl'], env: 'PARLEY_OPENSSL', apt: 'openssl' },
  /** Only a yardstick of `npm run bench`: no test needs it, so none asks for it. */
  janus: { look: ['janus'], env: 'PARLEY_JANUS', apt: 'janus', only: 'bench' },
  /** Not a program but a right: to make network namespaces (root or CAP_NET_ADMIN). */
  netns: { look: ['ip'], env: 'PARLEY_IP', apt: 'iproute2', probe: 'netns' },
  /** The right to mount a small volume in memory (root or CAP_SYS_ADMIN). */
  tmpfs: { look: ['mount'], env: 'PARLEY_MOUNT', apt: 'mount', probe: 'tmpfs' },
};

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function onPath(name) {
  if (isAbsolute(name)) return runnable(name) ? name : undefined;
  // Servers live in sbin, which an ordinary user's PATH leaves out.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const suffixes = process.platform === 'win32' ? ['.exe', ''] : [''];
  for (const folder of folders.filter((one) => one !== '')) {
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      if (runnable(path)) return path;
    }
  }
  return undefined;
}

function canMakeNamespaces(ip) {
  const name = `parley-probe-${process.pid}`;
  if (spawnSync(ip, ['netns', 'add', name], { timeout: 5_000, stdio: 'ignore' }).status !== 0) return false;
  spawnSync(ip, ['netns', 'delete', name], { timeout: 5_000, stdio: 'ignore' });
  return true;
}

function canMount(mount) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-probe-'));
  const can = spawnSync(mount, ['-t', 'tmpfs', '-o', 'size=64k', 'parley-probe', folder], { timeout: 5_000, stdio: 'ignore' }).status === 0;
  if (can) spawnSync('umount', [folder], { timeout: 5_000, stdio: 'ignore' });
  rmdirSync(folder);
  return can;
}

const PROBES = { netns: canMakeNamespaces, tmpfs: canMount };
const RIGHTS = {
  netns: ', and run the tests as root (network namespaces need CAP_NET_ADMIN)',
  tmpfs: ', and run the tests as root (mounting needs CAP_SYS_ADMIN)',
};

/** Path of a part's program, or undefined when it is not here. A set variable that points nowhere counts as missing. */
export function findPart(name) {
  const part = PARTS[name];
  const chosen = process.env[part.env];
  const path = (chosen ? [chosen] : part.look).map(onPath).find((one) => one !== undefined);
  if (path !== undefined && part.probe !== undefined) return PROBES[part.probe](path) ? path : undefined;
  return path;
}

/** What to type so that the part is there. */
export function installLine(name) {
  const { apt, env, probe } = PARTS[name];
  const right = RIGHTS[probe] ?? '';
  return `sudo apt-get install -y --no-install-recommends ${apt}   (or set ${env} to its path)${right}`;
}

/** Names of the parts that the tests need and that are not here; what only the benches compare with is not asked for. */
export function missingParts() {
  return Object.keys(PARTS).filter((name) => PARTS[name].only !== 'bench' && findPart(name) === undefined);
}
