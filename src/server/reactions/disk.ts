// Reaction: enters in every open incident how the disk does, once when it begins and once when it is over. Decides nothing.
import { DISK_LEG } from '../../core/incident/recording.ts';
import type { DiskKeeper, DiskSight, DiskState } from '../disk.ts';
import type { House } from '../rooms.ts';

const ALARM_OF: Readonly<Record<DiskState, string | undefined>> = {
  fine: undefined,
  low: 'disk-low',
  reserve: 'disk-reserve',
  full: 'disk-full',
  silent: 'disk-silent',
};
const MIB = 1_048_576;

/** Keeps the disk's alarm of each incident as the keeper sees it. What a full log refuses is asked again at the next look. */
export function tellOfDisk(keeper: DiskKeeper, rooms: { readonly all: () => readonly House[] }, nowMs: () => number): void {
  const asking = new Set<string>();
  keeper.listen((sight) => {
    for (const house of rooms.all()) {
      const { incident } = house.room.state;
      if (incident.openedAt === null || incident.closedAt !== null || asking.has(house.id)) continue;
      asking.add(house.id);
      void bring(house, sight, nowMs()).finally(() => asking.delete(house.id));
    }
  });
}

async function bring({ room }: House, sight: DiskSight, atMs: number): Promise<void> {
  const wanted = ALARM_OF[sight.state];
  const standing = room.state.recording.alarms.filter(({ leg }) => leg === DISK_LEG).map(({ alarm }) => alarm);
  const detail = `${Math.floor(sight.freeBytes / MIB)} MiB free, ${Math.floor(sight.reserveBytes / MIB)} MiB in reserve`;
  const about = { leg: DISK_LEG, atMs };
  for (const alarm of standing.filter((one) => one !== wanted))
    await room.submit({ kind: 'parley' }, { type: 'report-alarm-cleared', ...about, alarm });
  if (wanted !== undefined && !standing.includes(wanted))
    await room.submit({ kind: 'parley' }, { type: 'report-alarm', ...about, alarm: wanted, detail });
}
