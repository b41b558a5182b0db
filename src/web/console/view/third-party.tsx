// The screen of a relative or another third party: when he is heard, what the talk is for, and nothing of the team.
import { words } from '../words.ts';
import { useDesk, useIncident, useMyId } from './desk-context.ts';
import { Dock } from './dock.tsx';
import { durationText, useCell, useServerNow } from './hooks.ts';
import { Said } from './said.tsx';
import { Voices } from './voices.tsx';

function Sign() {
  const desk = useDesk();
  const { floor } = useIncident();
  const isUp = useCell(desk.sound.view, (view) => view.path === 'up');
  const w = words.thirdParty;
  const isHeard = floor.holder === useMyId();
  const [title, help] = isHeard ? [w.heard, w.heardHelp] : isUp ? [w.notHeard, w.notHeardHelp] : [w.noSound, w.noSoundHelp];
  return (
    <section className={isHeard ? 'light light-not-safe' : 'light light-safe'} role="status" aria-label={title}>
      <span className="light-word">{title}</span>
      <span className="light-help">{help}</span>
    </section>
  );
}

function Task() {
  const { open } = useIncident().windows;
  const now = useServerNow(useDesk());
  const w = words.thirdParty;
  if (open === null)
    return (
      <section className="panel">
        <h2>{w.wait}</h2>
        <p>{w.waitHelp}</p>
      </section>
    );
  return (
    <section className="panel">
      <h2>{w.task}</h2>
      <p className="big">
        <Said text={open.purpose} />
      </p>
      {open.script !== '' && (
        <>
          <h3>{w.script}</h3>
          <p className="as-written">
            <Said text={open.script} />
          </p>
        </>
      )}
      <p className="soft">{words.window.left(durationText(open.endsAt - now))}</p>
    </section>
  );
}

/** All that a third party sees of an incident. */
export function ThirdPartyScreen({ onHome }: { readonly onHome: () => void }) {
  return (
    <div className="screen third-party">
      <header className="bar">
        <h1 className="hidden-words">{words.product}</h1>
        <Sign />
        <div className="bar-end">
          <button type="button" className="quiet" onClick={onHome}>
            {words.bar.home}
          </button>
        </div>
      </header>
      <main className="panels">
        <Task />
      </main>
      <Dock />
      <Voices />
    </div>
  );
}
