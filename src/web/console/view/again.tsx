// "Hear again": the last seconds of a line in the own ears, one key each, with its position and a key that stops it.

import type { Line } from '../../../core/incident/lines.ts';
import { AGAIN_S, type AgainS } from '../../../core/incident/reading.ts';
import { isUnsafe } from '../../../core/line/machine.ts';
import { liveLine, unsafeLine } from '../store/live.ts';
import { words } from '../words.ts';
import { useDesk, useIncident } from './desk-context.ts';
import { KeyCap } from './held.tsx';
import { clockText, useCell, useTick } from './hooks.ts';
import { useKey } from './keys.ts';
import { Refused } from './said.tsx';

/** The digit that each begins with. */
const digitOf = (seconds: AgainS): string => String(seconds).charAt(0);

function Key({ digit, act }: { readonly digit: string; readonly act: () => void }) {
  useKey(`digit${digit}`, { down: act });
  return <KeyCap letter={digit} />;
}

function Position() {
  const { again } = useDesk();
  const { playing, is } = useCell(again.view);
  const position = useTick(250, () => again.positionMs());
  const { loading, help, playing: text } = words.again;
  const shown =
    playing === null
      ? is === 'loading'
        ? loading
        : help
      : text(
          Math.min(Math.floor(position / 1000), Math.round(playing.lengthMs / 1000)),
          Math.round(playing.lengthMs / 1000),
          clockText(playing.fromMs),
        );
  return <p className="soft again-position">{shown}</p>;
}

/** For lines with a call. The keys of the keyboard belong to the live line, or to the one that is not safe. */
export function AgainPart({ line }: { readonly line: Line }) {
  const { again } = useDesk();
  const { lines } = useIncident();
  const { is, trouble } = useCell(again.view);
  const hasKeys = (liveLine(lines) ?? unsafeLine(lines))?.id === line.id;
  if (!isUnsafe(line.state)) return null;
  return (
    <section className="again" aria-label={words.again.label}>
      <div className="row">
        <span className="again-name">{words.again.label}</span>
        {AGAIN_S.map((seconds) => {
          const act = () => again.play({ lineId: line.id, seconds });
          return (
            <button key={seconds} type="button" className="quiet" onClick={act}>
              {words.again.play(seconds)} {hasKeys && <Key digit={digitOf(seconds)} act={act} />}
            </button>
          );
        })}
        {is !== 'idle' && (
          <button type="button" onClick={again.stop}>
            {words.again.stop} {hasKeys && <Key digit="0" act={again.stop} />}
          </button>
        )}
      </div>
      <Position />
      <Refused refusal={trouble} />
    </section>
  );
}
