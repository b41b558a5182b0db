// Bad networks on one Linux machine: nodes in network namespaces of their own behind one router that can lose, block or cut their packets.
// Needs root. Nothing is connected to the machine's own network, and nothing outlives close().
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { isAlive, waitFor } from '../kit/process.ts';
import { run, runOk } from '../kit/run.ts';

/** Whether namespaces can be made here; `why` not, in words for a test's title. */
export function available(): { readonly ok: boolean; readonly why: string } {
  if (process.platform !== 'linux') return { ok: false, why: 'not Linux' };
  if (process.getuid?.() !== 0) return { ok: false, why: 'not root' };
  const trial = `plt${process.pid}`;
  const quiet = { stdio: 'ignore', timeout: 5_000 } as const;
  try {
    execFileSync('ip', ['netns', 'add', trial], quiet);
  } catch {
    return { ok: false, why: 'no network namespaces: `ip netns add` fails' };
  }
  try {
    execFileSync('ip', ['netns', 'exec', trial, 'iptables', '-A', 'FORWARD', '-p', 'udp', ...randomly(0.5), '-j', 'DROP'], quiet);
    return { ok: true, why: '' };
  } catch {
    return { ok: false, why: 'no iptables with the statistic match' };
  } finally {
    execFileSync('ip', ['netns', 'del', trial], quiet);
  }
}

export interface NetNode {
  readonly name: string;
  /** Name of its namespace, as `launchWithTone` and `startParley` take it. */
  readonly netns: string;
  /** Its IPv4 address now. Every other node reaches it. */
  readonly address: string;
  /** Starts a program inside. It is ended by `close()` of the net at the latest. */
  spawn(command: string, args: readonly string[]): ChildProcess;
  /** All UDP to and from the node is lost silently, TCP passes: a firewall. */
  dropUdp(on: boolean): Promise<void>;
  /** This share (0 to 1) of UDP packets is lost at random, each way. 0 ends it. */
  loseUdp(share: number): Promise<void>;
  /** Every packet to and from the node is lost silently: no path. */
  blackout(on: boolean): Promise<void>;
  /** Takes the next address of its network and gives the old one up, as in a hand-over. Gives the new one. */
  changeAddress(): Promise<string>;
}

export interface Net<Name extends string> {
  readonly nodes: Readonly<Record<Name, NetNode>>;
  /** The router lets nothing pass from one node to another; with `onlyNew`, nothing but answers: a firewall that lets out and not in. */
  block(from: Name, to: Name, options?: { readonly onlyNew?: boolean }): Promise<void>;
  /** A private link between two nodes beside the router, as a tunnel makes it: `10.8.n.1` and `10.8.n.2`, given in that order. */
  link(a: Name, b: Name): Promise<readonly [string, string]>;
  /** Ends what still runs inside, by pid, and removes all namespaces. */
  close(): Promise<void>;
}

let lastNet = 0;

/** Makes one node for each name (short, a-z; at most 200), each in a network of its own, 10.213.n.0/24, joined by a router. @throws Error without root or tools. */
export async function createNet<Name extends string>(names: readonly Name[]): Promise<Net<Name>> {
  const prefix = `pl${process.pid}x${++lastNet}`;
  const hub = `${prefix}-hub`;
  const close = async () => {
    for (const netns of [...names.map((name) => `${prefix}-${name}`), hub]) await removeNetns(netns);
  };
  try {
    await runOk('ip', ['netns', 'add', hub]);
    await inside(hub, ['sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    const nodes: [Name, NetNode][] = [];
    for (const [i, name] of names.entries()) nodes.push([name, await addNode({ name, netns: `${prefix}-${name}`, hub, index: i + 1 })]);
    const netnsOf = (name: Name) => `${prefix}-${name}`;
    const block: Net<Name>['block'] = async (from, to, { onlyNew = false } = {}) => {
      const [i, o] = [from, to].map((name) => `v${names.indexOf(name) + 1}`) as [string, string];
      await inside(hub, ['iptables', '-I', 'FORWARD', '-i', i, '-o', o, ...(onlyNew ? NEW_ONLY : []), '-j', 'DROP']);
    };
    let links = 0;
    const link: Net<Name>['link'] = async (a, b) => {
      const subnet = `10.8.${links}`;
      const device = `link${links++}`;
      await runOk('ip', ['-n', netnsOf(a), 'link', 'add', device, 'type', 'veth', 'peer', 'name', device, 'netns', netnsOf(b)]);
      const ends = [`${subnet}.1`, `${subnet}.2`] as const;
      for (const [i, name] of [a, b].entries()) {
        await runOk('ip', ['-n', netnsOf(name), 'addr', 'add', `${ends[i]}/24`, 'dev', device]);
        await runOk('ip', ['-n', netnsOf(name), 'link', 'set', device, 'up']);
      }
      return ends;
    };
    return { nodes: Object.fromEntries(nodes) as Record<Name, NetNode>, block, link, close };
  } catch (fault) {
    await close();
    throw fault;
  }
}

const NEW_ONLY = ['-m', 'conntrack', '--ctstate', 'NEW'];
const inside = (netns: string, command: readonly string[]) => runOk('ip', ['netns', 'exec', netns, ...command]);
const randomly = (share: number) => ['-m', 'statistic', '--mode', 'random', '--probability', String(share)];

interface Place {
  readonly name: string;
  readonly netns: string;
  readonly hub: string;
  readonly index: number;
}

async function addNode(place: Place): Promise<NetNode> {
  const { netns, hub, index } = place;
  const link = `v${index}`;
  const subnet = `10.213.${index}`;
  await runOk('ip', ['netns', 'add', netns]);
  await runOk('ip', ['-n', netns, 'link', 'set', 'lo', 'up']);
  await runOk('ip', ['-n', hub, 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', netns]);
  await runOk('ip', ['-n', hub, 'addr', 'add', `${subnet}.1/24`, 'dev', link]);
  await runOk('ip', ['-n', hub, 'link', 'set', link, 'up']);
  await runOk('ip', ['-n', netns, 'addr', 'add', `${subnet}.2/24`, 'dev', 'eth0']);
  await runOk('ip', ['-n', netns, 'link', 'set', 'eth0', 'up']);
  await runOk('ip', ['-n', netns, 'route', 'add', 'default', 'via', `${subnet}.1`]);
  // All that the router forwards to or from the node passes one chain. Loss there is silent, unlike a DROP at the sender, which tells it.
  for (const way of ['-i', '-o']) {
    await inside(hub, ['iptables', '-N', link]).catch(() => undefined);
    await inside(hub, ['iptables', '-A', 'FORWARD', way, link, '-j', link]);
  }
  return nodeAt(place, { link, subnet });
}

function nodeAt({ name, netns, hub }: Place, { link, subnet }: { link: string; subnet: string }): NetNode {
  let host = 2;
  const rules = new Map<string, readonly string[]>(); // purpose -> the rule that stands for it now
  const setRule = async (purpose: string, rule: readonly string[] | undefined) => {
    const old = rules.get(purpose);
    if (rule !== undefined) await inside(hub, ['iptables', '-I', link, ...rule]);
    if (old !== undefined) await inside(hub, ['iptables', '-D', link, ...old]);
    if (rule === undefined) rules.delete(purpose);
    else rules.set(purpose, rule);
  };
  return {
    name,
    netns,
    get address() {
      return `${subnet}.${host}`;
    },
    spawn: (command, args) => spawn('ip', ['netns', 'exec', netns, command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }),
    dropUdp: (on) => setRule('drop', on ? ['-p', 'udp', '-j', 'DROP'] : undefined),
    loseUdp: (share) => {
      if (!(share >= 0 && share <= 1)) throw new Error(`a share is from 0 to 1, not ${share}`);
      return setRule('loss', share > 0 ? ['-p', 'udp', ...randomly(share), '-j', 'DROP'] : undefined);
    },
    blackout: (on) => setRule('blackout', on ? ['-j', 'DROP'] : undefined),
    changeAddress: async () => {
      const next = `${subnet}.${host + 1}`;
      await runOk('ip', ['-n', netns, 'addr', 'flush', 'dev', 'eth0']);
      await runOk('ip', ['-n', netns, 'addr', 'add', `${next}/24`, 'dev', 'eth0']);
      await runOk('ip', ['-n', netns, 'route', 'add', 'default', 'via', `${subnet}.1`]);
      host++;
      return next;
    },
  };
}

async function removeNetns(netns: string): Promise<void> {
  const pids = (await run('ip', ['netns', 'pids', netns])).stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue; // ended by itself
    }
    await waitFor(`end of process ${pid} in ${netns}`, async () => !(await isAlive(pid)), { withinMs: 3_000 });
  }
  await run('ip', ['netns', 'del', netns]); // its links go with it; it may never have been made
}
