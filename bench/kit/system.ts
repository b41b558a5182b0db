// What this machine and its processes use: processor time, memory, time, folders. Linux tells by /proc; elsewhere `ps` does, more coarsely.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `dist`, where this program was built to. */
export const distFolder = dirname(fileURLToPath(import.meta.url));

const TICK_MS = 10;

/** Processor time that a process has used so far, all its threads, ms. */
export function cpuMsOf(pid: number): number {
  if (!existsSync('/proc/self/stat')) return psTimeMs(pid);
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function psTimeMs(pid: number): number {
  const parts = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/[:-]/)
    .map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0) * 1000;
}

/** Memory of a process that lies in RAM, MB. */
export function rssMbOf(pid: number): number {
  if (!existsSync('/proc/self/status')) return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Watches a process: the answer gives what it has used since, % of one core. */
export function watchCpu(pid: number): () => number {
  const [cpu, at] = [cpuMsOf(pid), performance.now()];
  return () => ((cpuMsOf(pid) - cpu) / (performance.now() - at)) * 100;
}

/** A new folder on the disk that the project lies on: the system's own for such things may be memory. Whoever makes it removes it. */
export function newFolder(): string {
  const parent = join(distFolder, '.bench-data');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'b-'));
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Wall clock with fractions of a ms: comparable between the processes of one machine. */
export const wallMs = (): number => performance.timeOrigin + performance.now();

/** Does something `perSecond` times a second, evenly, for `forMs`; late turns are made up for. Resolved after the last. */
export function evenly(perSecond: number, forMs: number, act: (turn: number) => void): Promise<void> {
  const start = performance.now();
  let done = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - start;
      for (; done < (Math.min(elapsed, forMs) * perSecond) / 1000; done++) act(done);
      if (elapsed < forMs) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
}
