// Topic: files that people handed in: what the box kept of each, and who read which. What they show stands on the board `exhibits`.
import { z } from 'zod';
import { command, entry, idOf, refuse, type Topic } from './topic.ts';

/** Most files of one incident [design]. */
export const MOST_UPLOADS = 500;
/** The view that the same person opens again within this time is no second reading, ms [design]: boards draw it again and again. */
const SAME_READING_MS = 10 * 60_000;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const by = z.strictObject({ personId: idOf, name: z.string().max(200) });

const kept = z.strictObject({
  uploadId: idOf,
  /** What the sender calls it. His words: no path, no proof of anything. */
  name: z.string().max(200),
  /** By its content. */
  kind: z.enum(['jpeg', 'png', 'webp', 'pdf', 'text']),
  bytes: z.number().int().min(1),
  sha256,
  /** The picture made anew; null for a document. Sizes in pixels. */
  view: z.strictObject({ sha256, bytes: z.number().int(), width: z.number().int(), height: z.number().int() }).nullable(),
  /** The original's notes tell where it was taken; the view's do not. */
  carriedPlace: z.boolean(),
  by,
});

/** What is kept of one file. */
export type Upload = z.output<typeof kept> & {
  readonly at: number;
  /** When who opened its view last: wall clock in ms by person. */
  readonly readAt: Readonly<Record<string, number>>;
};
/** All that was handed in, by id. */
export type Uploads = Readonly<Record<string, Upload>>;
type State = { readonly uploads: Uploads };

const read = z.strictObject({ uploadId: idOf, what: z.enum(['view', 'original']) });

/** The upload with these bytes, or undefined. */
export function uploadOf(uploads: Uploads, hash: string): Upload | undefined {
  return Object.values(uploads).find((one) => one.sha256 === hash);
}

export const uploadsTopic = {
  name: 'uploads' as const,
  initial: {} as Uploads,
  commands: {
    /** The box kept a file; only it can know what is in it. */
    'keep-upload': command({
      by: ['parley'],
      schema: kept,
      decide: ({ uploads }: State, asks) => {
        if (uploads[asks.uploadId] !== undefined) return refuse('D71', 'There is such a file already.', '');
        if (Object.keys(uploads).length >= MOST_UPLOADS)
          return refuse('T44', `An incident holds ${MOST_UPLOADS} files at most.`, 'Keep this one elsewhere, and write down where.');
        return [{ type: 'upload-kept', payload: asks }];
      },
    }),
    /** Asked before a byte is sent. */
    'read-upload': command({
      by: ['member'],
      schema: read,
      decide: ({ uploads }: State, asks, { at, who }) => {
        const found = uploads[asks.uploadId];
        if (found === undefined || who.kind !== 'person') return refuse('T8', 'There is nothing here.', 'Look at the board again.');
        const before = found.readAt[who.personId];
        const isSame = asks.what === 'view' && before !== undefined && at - before < SAME_READING_MS;
        return isSame ? [] : [{ type: 'upload-read', payload: asks }];
      },
    }),
  },
  entries: {
    'upload-kept': entry({
      schema: kept,
      reduce: (uploads: Uploads, p, { at }): Uploads => ({ ...uploads, [p.uploadId]: { ...p, at, readAt: {} } }),
    }),
    'upload-read': entry({
      schema: read,
      reduce: (uploads: Uploads, { uploadId, what }, { at, who }): Uploads => {
        const one = uploads[uploadId];
        if (one === undefined || who.kind !== 'person' || what !== 'view') return uploads;
        return { ...uploads, [uploadId]: { ...one, readAt: { ...one.readAt, [who.personId]: at } } };
      },
    }),
  },
} satisfies Topic;
