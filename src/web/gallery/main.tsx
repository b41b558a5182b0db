// The gallery: every screen of the console in every state, standing still. Built for development only, never into the product.
import '../console/css/all.ts';
import './gallery.css';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { seat } from '../console/store/seat.ts';
import { setTheme, THEMES } from '../console/theme.ts';
import { DeskContext } from '../console/view/desk-context.ts';
import { IncidentScreen } from '../console/view/incident.tsx';
import { answerByOurselves, ME } from './answers.ts';
import { deskFor } from './desks.ts';
import { DOOR_SCENES } from './door-scenes.tsx';
import { INCIDENT_SCENES } from './incident-scenes.ts';

const NOTHING = () => {};
const LOOK_MS = 50;
/** What is to be pressed must be there within this time. */
const PATIENCE_MS = 3_000;

const nameOf = (one: Element) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim();
const PRESSED = '[role="tab"], button, summary';

/** A tab's or key's name may go on with a count or a mark of its key. */
function findOne(name: string): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>(PRESSED)].filter((one) => one.closest('[inert]') === null);
  return all.findLast((one) => nameOf(one) === name) ?? all.find((one) => nameOf(one).startsWith(name));
}

/** Presses one thing after the other as soon as each is there. `data-ready` says that the scene stands. */
async function pressAll(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const untilMs = performance.now() + PATIENCE_MS;
    let found = findOne(name);
    while (found === undefined && performance.now() < untilMs) {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      found = findOne(name);
    }
    if (found === undefined) document.documentElement.dataset['missing'] = name;
    else found.click();
  }
}

function Scene({ name }: { readonly name: string }) {
  const incident = INCIDENT_SCENES[name];
  const door = DOOR_SCENES[name];
  const press = (incident ?? door)?.press ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: one scene a page
  useEffect(() => {
    void pressAll(press).then(() => {
      document.documentElement.dataset['ready'] = name;
    });
  }, []);
  if (incident !== undefined)
    return (
      <DeskContext value={deskFor(incident.story(), incident.still)}>
        <IncidentScreen onHome={NOTHING} />
      </DeskContext>
    );
  return door === undefined ? <p>No such scene.</p> : door.page({ ...ME, ...door.me });
}

function Index() {
  return (
    <main className="gallery">
      <h1>Gallery</h1>
      {[DOOR_SCENES, INCIDENT_SCENES].map((scenes, part) => (
        <ul key={part === 0 ? 'doors' : 'incident'}>
          {Object.keys(scenes).map((name) => (
            <li key={name}>
              <a data-scene={name} href={`?scene=${name}`}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      ))}
    </main>
  );
}

answerByOurselves();
const asked = new URLSearchParams(location.search);
const name = asked.get('scene');
setTheme(THEMES.find((one) => one === asked.get('theme')) ?? 'day');
const me = name === null ? undefined : DOOR_SCENES[name]?.me;
seat.sit({ ...ME, ...me, ...(INCIDENT_SCENES[name ?? '']?.isLocked ? { standing: 'locked' as const } : {}) });
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(name === null ? <Index /> : <Scene name={name} />);
