// The place of work: the log, or one of the boards, whichever this person looks at now. Boards stand in groups: a row of groups, and below
// it the boards of the one that is open.
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { isPaperUnread } from '../../../core/incident/papers.ts';
import { openReliefs } from '../../../core/incident/relief.ts';
import { jump } from '../store/jump.ts';
import { showBoard } from '../store/shown.ts';
import { boardWords } from '../words/board.ts';
import { commandWords } from '../words/command.ts';
import { words } from '../words.ts';
import { Board } from './board/board.tsx';
import { type BoardView, isAlarmed } from './board/kind.ts';
import { BOARDS, GROUPS, type GroupName, groupsFor } from './board/list.ts';
import { CommandPanel } from './command.tsx';
import { useDesk, useIncident, useViewer } from './desk-context.ts';
import { useCell, useTick } from './hooks.ts';
import { Log } from './log.tsx';

const LOG = 'log';
const COMMAND = 'command';
/** How often the marks on the tabs look at the clock, in ms. */
const LOOK_MS = 2_000;

interface TabProps {
  readonly name: string;
  readonly count: number;
  readonly isAlarm: boolean;
  readonly isOn: boolean;
  readonly panelId: string;
  readonly onClick: () => void;
}

function Tab({ name, count, isAlarm, isOn, panelId, onClick }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={isOn}
      aria-controls={panelId}
      tabIndex={isOn ? 0 : -1}
      className={isOn ? 'tab is-on' : 'tab'}
      onClick={onClick}
    >
      {name}
      {count > 0 && <span className="tab-count">{count}</span>}
      {isAlarm && (
        <span className="tab-alarm" role="img" aria-label={boardWords.alarm}>
          !
        </span>
      )}
    </button>
  );
}

/** Arrow keys, Home and End go along a row of tabs and open what they reach. */
function alongTabs(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const end = { Home: 0, End: tabs.length - 1 }[event.key];
  if (at < 0 || (step === undefined && end === undefined)) return;
  event.preventDefault();
  const next = tabs[end ?? (at + (step ?? 0) + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}

/** How many rows of a board are open, and whether one of them needs this viewer's eyes. Drawn anew as time goes by. */
function useMarks(): (view: BoardView) => { readonly count: number; readonly isAlarm: boolean } {
  const incident = useIncident();
  const viewer = useViewer();
  const { link } = useDesk();
  const now = useTick(LOOK_MS, () => Date.now() + link.get().clockOffsetMs);
  return (view) => {
    const open = Object.values(view.rows(incident)).filter((row) => !row.withdrawn && !view.done.includes(row.state));
    return { count: open.length, isAlarm: open.some((row) => isAlarmed(view, row, { viewer, now })) };
  };
}

interface TabsProps {
  readonly shown: string;
  readonly panelId: string;
  readonly onShow: (name: string) => void;
}

function BoardTabs({ group, shown, panelId, onShow }: TabsProps & { readonly group: GroupName }) {
  const marks = useMarks();
  const viewer = useViewer();
  return (
    <div className="tabs" role="tablist" aria-label={boardWords.boardsOf(boardWords.groups[group])} onKeyDown={alongTabs}>
      {GROUPS[group]
        .filter((view) => view.isFor(viewer))
        .map((view) => (
          <Tab
            key={view.name}
            name={view.words.title}
            {...marks(view)}
            isOn={view.name === shown}
            panelId={panelId}
            onClick={() => onShow(view.name)}
          />
        ))}
    </div>
  );
}

function GroupTabs({ group, shown, panelId, onShow }: TabsProps & { readonly group: GroupName | null }) {
  const marks = useMarks();
  const viewer = useViewer();
  return (
    <div className="tabs" role="tablist" aria-label={boardWords.choose} onKeyDown={alongTabs}>
      <Tab name={boardWords.log} count={0} isAlarm={false} isOn={shown === LOG} panelId={panelId} onClick={() => onShow(LOG)} />
      {groupsFor(viewer).map((one) => {
        const views = GROUPS[one].filter((view) => view.isFor(viewer));
        const all = views.map(marks);
        return (
          <Tab
            key={one}
            name={boardWords.groups[one]}
            count={all.reduce((sum, { count }) => sum + count, 0)}
            isAlarm={all.some(({ isAlarm }) => isAlarm)}
            isOn={one === group}
            panelId={panelId}
            onClick={() => onShow((views.find((view) => marks(view).isAlarm) ?? views[0])?.name ?? LOG)}
          />
        );
      })}
      <Tab
        name={commandWords.tab}
        count={0}
        isAlarm={usePaperWaits()}
        isOn={shown === COMMAND}
        panelId={panelId}
        onClick={() => onShow(COMMAND)}
      />
    </div>
  );
}

/** True while a position paper, or a relief of his, waits for the viewer. */
function usePaperWaits(): boolean {
  const viewer = useViewer();
  const { papers, relief } = useIncident();
  return (
    papers.signed.some((paper) => isPaperUnread(paper, viewer)) ||
    openReliefs(relief).some(({ inId, acceptedAt }) => inId === viewer.personId && acceptedAt === null)
  );
}

/** Log and boards in one panel. `first`: which filter of the log is on at first. */
export function Work({ first }: { readonly first: keyof typeof words.log.filters }) {
  const panelId = useId();
  const viewer = useViewer();
  const [shown, setShown] = useState(LOG);
  const asked = useCell(showBoard);
  const isSought = useCell(jump) !== null;
  useEffect(() => {
    if (asked === null) return;
    setShown(asked);
    showBoard.set(null);
  }, [asked]);
  useEffect(() => {
    if (isSought) setShown(LOG);
  }, [isSought]);
  const view = BOARDS.find((one) => one.name === shown && one.isFor(viewer));
  const group = view === undefined ? null : (groupsFor(viewer).find((one) => GROUPS[one].includes(view)) ?? null);
  return (
    <section className="panel log work" aria-label={view?.words.title ?? words.log.title}>
      <GroupTabs group={group} shown={view?.name ?? (shown === COMMAND ? COMMAND : LOG)} panelId={panelId} onShow={setShown} />
      {group !== null && <BoardTabs key={group} group={group} shown={shown} panelId={panelId} onShow={setShown} />}
      <div className="work-body" role="tabpanel" id={panelId} aria-label={view?.words.title ?? words.log.title}>
        {view === undefined && shown === COMMAND ? (
          <CommandPanel />
        ) : view === undefined ? (
          <Log first={first} />
        ) : (
          <Board key={view.name} view={view} />
        )}
      </div>
    </section>
  );
}
