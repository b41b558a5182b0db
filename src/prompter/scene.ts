// What the machine knows of the incident: the little of its log that it needs. Pure; anything else in the log is passed over.
import { z } from 'zod';

/** The incident as the machine sees it. People and lines by id. */
export interface Scene {
  readonly isClosed: boolean;
  readonly holder: string | null;
  /** To whom the floor is offered, and the number of the entry that said so. */
  readonly offered: { readonly to: string; readonly seq: number } | null;
  /** Who asked for the floor, and the number of the entry that said so. */
  readonly asked: { readonly by: string; readonly seq: number } | null;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Who speaks beside the floor, and where. */
  readonly voice: Readonly<Record<string, string>>;
  readonly lines: Readonly<Record<string, string>>;
  /** A line was live once. */
  readonly wasLive: boolean;
}

/** Before the first entry. */
export const NO_SCENE: Scene = {
  isClosed: false,
  holder: null,
  offered: null,
  asked: null,
  roles: {},
  voice: {},
  lines: {},
  wasLive: false,
};

/** An entry, or the stub of one that is hidden from the machine. */
interface Seen {
  readonly seq: number;
  readonly type?: string;
  readonly payload?: unknown;
}

const payloads = z.object({
  personId: z.string().optional(),
  role: z.string().optional(),
  to: z.string().optional(),
  lineId: z.string().optional(),
  channel: z.string().optional(),
});

const without = (all: Readonly<Record<string, string>>, id: string) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== id));

function withHolder(scene: Scene, holder: string | null): Scene {
  return { ...scene, holder, offered: null, asked: null };
}

/** The scene after one more entry. Total: what it does not know changes nothing. */
export function follow(scene: Scene, entry: Seen): Scene {
  const parsed = payloads.safeParse(entry.payload);
  if (entry.type === undefined || !parsed.success) return scene;
  const { personId = '', role = '', to = '', lineId = '', channel = '' } = parsed.data;
  const { seq } = entry;
  const has = scene.roles[personId] ?? [];
  switch (entry.type) {
    case 'closing-begun':
    case 'incident-closed':
      return { ...scene, isClosed: true };
    case 'role-assigned':
      return { ...scene, roles: { ...scene.roles, [personId]: [...has.filter((r) => r !== role), role] } };
    case 'role-dropped':
      return { ...scene, roles: { ...scene.roles, [personId]: has.filter((r) => r !== role) } };
    case 'floor-taken':
      return withHolder(scene, personId);
    case 'floor-passed':
    case 'turn-given':
    case 'turn-returned':
      return withHolder(scene, to);
    case 'floor-emptied':
      return withHolder(scene, null);
    case 'floor-offered':
      return { ...scene, offered: { to: personId, seq }, asked: null };
    case 'floor-offer-ended':
      return { ...scene, offered: null };
    case 'floor-asked':
      return { ...scene, asked: { by: personId, seq } };
    case 'mic-opened':
      return { ...scene, voice: { ...scene.voice, [personId]: channel } };
    case 'mic-closed':
      return { ...scene, voice: without(scene.voice, personId) };
    case 'line-changed':
      return { ...scene, lines: { ...scene.lines, [lineId]: to }, wasLive: scene.wasLive || to === 'live' };
    default:
      return scene;
  }
}

/** The line whose far end hears the floor now, or null. */
export function liveLineOf({ lines }: Scene): string | null {
  return Object.keys(lines).find((id) => lines[id] === 'live') ?? null;
}

/** The call was there and is over. */
export function isOver({ wasLive, lines }: Scene): boolean {
  return wasLive && Object.values(lines).every((state) => state === 'ended' || state === 'closed');
}
