// Doors of files that people hand in: taken, looked into, made anew in the jail, kept, entered; and read again. Authorised before anything.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isOver } from '../../core/incident/incident.ts';
import { type Person, type Refusal, refuse } from '../../core/incident/topic.ts';
import { uploadOf } from '../../core/incident/uploads.ts';
import { type Files, FilesFault, type Taken } from '../../ports/files.ts';
import { PictureFault, type Pictures } from '../../ports/pictures.ts';
import type { Uploaded } from '../../protocol/http.ts';
import { refused } from '../access/guard.ts';
import type { Custody } from '../custody.ts';
import type { DiskKeeper } from '../disk.ts';
import type { House } from '../rooms.ts';
import { type Inspected, inspect } from '../uploads/inspect.ts';
import { putOnRecord } from './reading.ts';

/** Largest file, in bytes; longest time for one; how many come in at once, in all and for one person [design]. */
export const MOST_UPLOAD_BYTES = 32 * 1024 * 1024;
const MOST_UPLOAD_MS = 120_000;
const AT_ONCE = 4;
const AT_ONCE_EACH = 2;
/** Longest edge of a view, in pixels. */
const VIEW_EDGE = 2_048;

const TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  text: 'text/plain; charset=utf-8',
} as const;
const ENDINGS = { jpeg: 'jpg', png: 'png', webp: 'webp', pdf: 'pdf', text: 'txt' } as const;

const NOT_FOUND = refuse('T8', 'There is nothing here.', 'Go back to the board.');
const CLOSED = refuse('X2', 'The incident is closed.', 'Nothing is added to a closed incident.');
const TOO_LARGE = refuse('T43', 'This file is larger than 32 MB.', 'Make a smaller copy of it and send that.');
const TOO_SLOW = refuse('T43', 'This file took too long to come.', 'Try again on a better network.');
const NOT_KEPT = refuse('E9', 'The file could not be kept.', 'Try again; look at the disk when it happens again.');
const BUSY = refuse('T44', 'Too many files come in at once.', 'Wait until the others are through.');
const BROKEN = refuse('T41', 'This picture cannot be read.', 'Send a screenshot of it.');
const DISK_FULL = refuse('R48', 'The disk is full: what is left is kept for sound and log.', 'Free space on the disk, then try again.');

/** Who asks, in which incident: found and allowed already. */
export interface At {
  readonly who: Person;
  readonly house: House;
}
type Allowed = (
  handler: (request: FastifyRequest, reply: FastifyReply, at: At) => unknown,
) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

export interface UploadParts {
  readonly files: Files;
  readonly pictures: Pictures;
  readonly keeper: DiskKeeper | null;
  readonly custody: Custody;
  /** Lets only the team of the incident in the address through. */
  readonly allowed: Allowed;
}

/** Registers the doors of uploads, in a scope of their own: only here a body is taken as a stream. */
export function registerUploads(app: FastifyInstance, parts: UploadParts): void {
  const running: string[] = [];
  void app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', (_, payload, done) => done(null, payload));
    scope.post(
      '/api/incidents/:id/uploads',
      { bodyLimit: MOST_UPLOAD_BYTES + 1 },
      parts.allowed(async (request, reply, at) => {
        const waits = mayCome(parts, at, running);
        if (waits !== null) return refused(reply.header('connection', 'close'), 409, waits);
        running.push(at.who.personId);
        try {
          const answer = await takeIn(parts, at, request);
          return 'rule' in answer ? refused(reply.header('connection', 'close'), 409, answer) : answer;
        } finally {
          running.splice(running.indexOf(at.who.personId), 1);
        }
      }),
    );
    scope.get(
      '/api/incidents/:id/uploads/:upload/:what',
      parts.allowed((request, reply, at) => sendOut(parts, at, { request, reply })),
    );
  });
}

function mayCome({ keeper }: UploadParts, { who, house }: At, running: readonly string[]): Refusal | null {
  if (isOver(house.room.state.incident)) return CLOSED;
  if (keeper?.sight.state === 'reserve' || keeper?.sight.state === 'full') return DISK_FULL;
  return running.length >= AT_ONCE || running.filter((one) => one === who.personId).length >= AT_ONCE_EACH ? BUSY : null;
}

async function takeIn(parts: UploadParts, at: At, request: FastifyRequest): Promise<Uploaded | Refusal> {
  const { name = '' } = request.query as { name?: unknown };
  if (!(request.body instanceof Readable)) return refuse('P2', 'The file is missing.', 'Send its bytes as application/octet-stream.');
  const signal = AbortSignal.timeout(MOST_UPLOAD_MS);
  try {
    const taken = await parts.files.take(at.house.id, request.body, { mostBytes: MOST_UPLOAD_BYTES, signal });
    try {
      return await lookInto(parts, at, { taken, name: String(name).slice(0, 200) });
    } finally {
      await taken.drop();
    }
  } catch (cause) {
    if (cause instanceof PictureFault) return BROKEN;
    if (!(cause instanceof FilesFault)) throw cause;
    return { 'too-large': TOO_LARGE, stopped: TOO_SLOW, 'not-written': NOT_KEPT }[cause.code];
  }
}

interface Came {
  readonly taken: Taken;
  readonly name: string;
}

async function lookInto(parts: UploadParts, { who, house }: At, { taken, name }: Came): Promise<Uploaded | Refusal> {
  const known = uploadOf(house.room.state.uploads, taken.sha256);
  if (known !== undefined) return { uploadId: known.uploadId, kind: known.kind, carriedPlace: known.carriedPlace };
  const found = await inspect(taken);
  if ('rule' in found) return found;
  const view = await viewOf(parts, house.id, { taken, found });
  await taken.keep();
  const { kind, picture } = found;
  const carriedPlace = picture?.hasPlace ?? false;
  const uploadId = `up-${randomBytes(10).toString('hex')}`;
  const kept = { uploadId, name, kind, bytes: taken.bytes, sha256: taken.sha256, view, carriedPlace };
  const by = { personId: who.personId, name: who.name };
  const outcome = await house.room.submit({ kind: 'parley' }, { type: 'keep-upload', ...kept, by });
  return 'rule' in outcome ? outcome : { uploadId, kind, carriedPlace };
}

async function viewOf(
  { files, pictures }: UploadParts,
  incidentId: string,
  { taken, found }: { readonly taken: Taken; readonly found: Inspected },
) {
  const { kind } = found;
  if (kind === 'pdf' || kind === 'text') return null;
  const { jpeg, width, height } = await pictures.view(taken.stream(), { kind, mostEdge: VIEW_EDGE });
  const signal = AbortSignal.timeout(MOST_UPLOAD_MS);
  const view = await files.take(incidentId, Readable.from([jpeg]), { mostBytes: jpeg.byteLength, signal });
  await view.keep();
  return { sha256: view.sha256, bytes: view.bytes, width, height };
}

/** Reading is on record first. */
async function sendOut(
  { files, custody }: UploadParts,
  { who, house }: At,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) {
  const { upload: uploadId, what } = request.params as { upload: string; what: string };
  const { uploads } = house.room.state;
  const upload = Object.hasOwn(uploads, uploadId) ? uploads[uploadId] : undefined;
  const kept = what === 'view' ? upload?.view : what === 'original' ? upload : undefined;
  const file = kept === undefined || kept === null ? null : await files.open(house.id, kept.sha256);
  if (upload === undefined || file === null) return refused(reply, 404, NOT_FOUND);
  const isView = what === 'view';
  const payload = { uploadId, what: isView ? 'view' : 'original' } as const;
  const refusal = await putOnRecord(custody, { house, who }, { type: 'upload-read', payload });
  if (refusal !== null) return refused(reply, 409, refusal);
  // Only what this box made is shown in a page; everything else is saved and opened by hand. The name is ours, not the sender's.
  return reply
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
    .header('content-disposition', isView ? 'inline' : `attachment; filename="${uploadId}.${ENDINGS[upload.kind]}"`)
    .header('content-length', String(file.bytes))
    .type(isView ? 'image/jpeg' : TYPES[upload.kind])
    .send(Readable.from(file.stream()));
}
