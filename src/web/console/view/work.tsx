// The place of work: the log, or one of the boards, whichever this person looks at now.
import { useState } from 'react';
import { boardWords } from '../words/board.ts';
import { words } from '../words.ts';
import { Board } from './board/board.tsx';
import { BOARDS } from './board/list.ts';
import { useIncident } from './desk-context.ts';
import { Log } from './log.tsx';

const LOG = 'log';

function Tab(props: { readonly name: string; readonly count: number; readonly isOn: boolean; readonly onClick: () => void }) {
  return (
    <button type="button" role="tab" aria-selected={props.isOn} className={props.isOn ? 'tab is-on' : 'tab'} onClick={props.onClick}>
      {props.name}
      {props.count > 0 && <span className="tab-count">{props.count}</span>}
    </button>
  );
}

/** Log and boards in one panel. `first`: which filter of the log is on at first. */
export function Work({ first }: { readonly first: keyof typeof words.log.filters }) {
  const incident = useIncident();
  const [shown, setShown] = useState(LOG);
  const view = BOARDS.find((one) => one.name === shown);
  return (
    <section className="panel log work" aria-label={view?.words.title ?? words.log.title}>
      <div className="tabs" role="tablist" aria-label={boardWords.choose}>
        <Tab name={boardWords.log} count={0} isOn={view === undefined} onClick={() => setShown(LOG)} />
        {BOARDS.map((one) => (
          <Tab
            key={one.name}
            name={one.words.title}
            count={Object.values(one.rows(incident)).filter((row) => !row.withdrawn && !one.done.includes(row.state)).length}
            isOn={one.name === shown}
            onClick={() => setShown(one.name)}
          />
        ))}
      </div>
      {view === undefined ? <Log first={first} /> : <Board key={view.name} view={view} />}
    </section>
  );
}
