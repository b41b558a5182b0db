// The recordings of an incident: every voice's files in order, and a key that plays one. For everybody of the team, in any incident.
import { useEffect, useState } from 'react';
import type { RecordingFile } from '../../../protocol/http.ts';
import { type FilePlayer, makeFilePlayer } from '../store/file-player.ts';
import { ask } from '../store/http.ts';
import { type Trouble, troubleOf } from '../store/seat.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useNames } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { useCell, useTick } from './hooks.ts';
import { Refused, Said } from './said.tsx';

/** Files of a voice; pictures are not played here. */
const SOUND = /\.(opus|ogg)$/;

function Position({ player }: { readonly player: FilePlayer }) {
  const { is, lengthMs } = useCell(player.view);
  const atMs = useTick(250, () => player.positionMs());
  const w = words.recordings;
  return (
    <p role="status" className="soft">
      {is === 'idle' ? w.help : is === 'loading' ? w.fetching : w.playing(Math.floor(atMs / 1000), Math.round(lengthMs / 1000))}
    </p>
  );
}

function FileRow({ one, part, player }: { readonly one: RecordingFile; readonly part: number; readonly player: FilePlayer }) {
  const { segments } = useIncident().recording;
  const { chosen } = useCell(player.view);
  const w = words.recordings;
  const name = useNames().leg(one.leg);
  const whole = segments.findLast((segment) => segment.leg === one.leg && segment.file.endsWith(one.file));
  const isOn = chosen?.leg === one.leg && chosen.file === one.file;
  return (
    <li className="row spread">
      <span>
        <Said text={name} /> {w.part(part)} · {whole === undefined ? w.grows : w.length(Math.round(whole.durationMs / 1000))} ·{' '}
        {w.size(Math.ceil(one.bytes / 1024))}
      </span>
      {isOn ? (
        <button type="button" onClick={player.stop}>
          {w.stop}
        </button>
      ) : (
        <button type="button" aria-label={w.playOf(name, part)} onClick={() => player.play(one)}>
          {w.play}
        </button>
      )}
    </li>
  );
}

function RecordingList({ player }: { readonly player: FilePlayer }) {
  const { incidentId } = useDesk();
  const [files, setFiles] = useState<readonly RecordingFile[] | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  // A file that was closed meanwhile is listed anew.
  const closed = useIncident().recording.segments.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a closed file is what it is for
  useEffect(() => {
    void ask<readonly RecordingFile[]>('GET', `/api/incidents/${encodeURIComponent(incidentId)}/recordings`).then((answer) => {
      setTrouble(troubleOf(answer));
      if (answer.is === 'done') setFiles(answer.value.filter(({ file }) => SOUND.test(file)));
    });
  }, [incidentId, closed]);
  const sorted = [...(files ?? [])].sort((a, b) => a.leg.localeCompare(b.leg) || a.file.localeCompare(b.file));
  return (
    <>
      <Refused refusal={trouble} />
      {files === null && trouble === null && <p className="soft">{words.recordings.loading}</p>}
      {files?.length === 0 && <p className="empty-state">{words.recordings.none}</p>}
      <ul className="recordings">
        {sorted.map((one, place) => (
          <FileRow
            key={`${one.leg}/${one.file}`}
            one={one}
            part={sorted.slice(0, place).filter(({ leg }) => leg === one.leg).length + 1}
            player={player}
          />
        ))}
      </ul>
    </>
  );
}

function RecordingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { incidentId } = useDesk();
  const [player] = useState(() => makeFilePlayer(incidentId));
  const trouble = useCell(player.view, (view) => view.trouble);
  useEffect(() => player.stop, [player]);
  return (
    <Dialog title={words.recordings.title} onClose={onClose}>
      <Position player={player} />
      <Refused refusal={trouble} />
      <RecordingList player={player} />
    </Dialog>
  );
}

/** Opens the list. */
export function RecordingsButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {words.recordings.open}
      </button>
      {isOpen && <RecordingsDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** After a practice call: what came of it, and where to hear it. */
export function RecordingsBanner() {
  const { incident, lines, recording } = useIncident();
  const wasThere = Object.values(lines.byId).some((line) => line.attempts.some((one) => one.what === 'ended'));
  if (!incident.exercise || lines.unsafe > 0 || !wasThere || recording.segments.length === 0) return null;
  return (
    <section className="banner recordings-banner" role="status">
      <span className="grow">{words.recordings.ready}</span>
      <RecordingsButton />
    </section>
  );
}
