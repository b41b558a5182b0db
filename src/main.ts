// Puts Parley together: the only file that names a concrete adapter.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openProcessCallers } from './adapters/caller/process/callers.ts';
import { openSystemDisk } from './adapters/disk/system/disk.ts';
import { openDiskFiles } from './adapters/files/disk/files.ts';
import { openWorkerMedia } from './adapters/media/worker/media.ts';
import { openJailedPictures } from './adapters/pictures/jail/pictures.ts';
import { openProcessPress } from './adapters/press/process/press.ts';
import { withReserve } from './adapters/store/reserved.ts';
import { openSqliteSearch } from './adapters/store/search/sqlite/search.ts';
import { openSqliteStore } from './adapters/store/sqlite/store.ts';
import type { Clock } from './ports/clock.ts';
import { EXIT_SETTINGS } from './protocol/limits.ts';
import { ConfigFault, readConfig } from './server/config.ts';
import { startServer } from './server/server.ts';
import { CertificateFault } from './server/tls/fault.ts';

/** Longest time to let go of everything when whoever started this process is gone, in milliseconds. */
const DETACH_LIMIT_MS = 3_000;

/** What users who are neither the owner nor of his group may do. */
const OTHERS = 0o007;

const here = dirname(fileURLToPath(import.meta.url));

const clock: Clock = {
  bootId: randomBytes(8).toString('hex'),
  now: () => ({ at: Date.now(), monoNs: process.hrtime.bigint().toString() }),
};

function shutOthersOut(dataDir: string): void {
  const { mode } = statSync(dataDir);
  if ((mode & OTHERS) === 0) return;
  try {
    chmodSync(dataDir, mode & 0o770);
  } catch (cause) {
    process.emitWarning(`other users of this machine can look into ${dataDir}: ${String(cause)}`);
  }
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  // Log, secrets and recordings are this user's: nothing below the data folder is made readable for others, and a folder that was is shut.
  process.umask(0o077);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  shutOthersOut(config.dataDir);
  const disk = openSystemDisk(config.dataDir);
  const { store, vault } = withReserve(await openSqliteStore({ path: join(config.dataDir, 'parley.db') }), disk);
  const search = await openSqliteSearch({ path: join(config.dataDir, 'search.db') });
  const media = openWorkerMedia({
    dataDir: config.dataDir,
    workerEntry: join(here, 'media.js'),
    announceIps: config.announceIps,
    ports: config.mediaPorts,
    log: (event, fields) => process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`),
  });
  const callers = openProcessCallers({
    callerEntry: join(here, 'caller.js'),
    prompterEntry: join(here, 'prompter.js'),
    caFile: join(config.dataDir, 'tls', 'ca.crt'),
  });
  const files = await openDiskFiles(join(config.dataDir, 'files'));
  const pictures = openJailedPictures(join(here, 'picture.js'));
  const press = openProcessPress({ jobsEntry: join(here, 'jobs.js') });
  const server = await startServer({
    config,
    store,
    vault,
    search,
    media,
    clock,
    callers,
    disk,
    press,
    files,
    pictures,
    webDir: join(here, 'web'),
    ...(config.examples ? { examplesDir: join(here, '..', 'examples') } : {}),
  });
  process.stdout.write(`Parley is ready: ${server.url}/console\n`);
  if (server.ownerLink !== null) process.stdout.write(`Owner's link, works once: ${server.ownerLink}\n`);
  if (server.trust !== null)
    process.stdout.write(`Devices learn to trust this box at ${server.trust.page}\nFingerprint to compare: ${server.trust.fingerprint}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.shutDown().then(
      () => process.exit(0),
      (cause: unknown) => {
        process.stderr.write(`Parley did not stop in order: ${String(cause)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by `parley start` (cli/start): it is told, and when it is gone the next one must find the port free. Calls go on.
  process.send?.('ready');
  process.on('disconnect', () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DETACH_LIMIT_MS).unref();
    server.detach().finally(() => process.exit(1));
  });
}

main().catch((cause: unknown) => {
  process.stderr.write(`Parley could not start: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(cause instanceof ConfigFault || cause instanceof CertificateFault ? EXIT_SETTINGS : 1);
});
