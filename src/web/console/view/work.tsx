// The place of work: the log, or one of the boards, whichever this person looks at now. Boards stand in groups: a row of groups, and below
// it the boards of the one that is open.
import { type KeyboardEvent, useId } from 'react';
import { currentPlan, sidesToSign } from '../../../core/incident/coming-out.ts';
import { isPaperUnread } from '../../../core/incident/papers.ts';
import { openReliefs } from '../../../core/incident/relief.ts';
import { isCalledByTexts, unreadFor } from '../../../core/incident/texts.ts';
import { boardWords } from '../words/board.ts';
import { commandWords } from '../words/command.ts';
import { messageWords } from '../words/messages.ts';
import { words } from '../words.ts';
import { Board } from './board/board.tsx';
import { type BoardView, isAlarmed } from './board/kind.ts';
import { BOARDS, GROUPS, type GroupName, groupsFor } from './board/list.ts';
import { CommandPanel } from './command.tsx';
import { useDesk, useIncident, useMyId, useViewer } from './desk-context.ts';
import { useTick } from './hooks.ts';
import { Log } from './log.tsx';
import { CardWriter } from './messages/card.tsx';
import { askedOf, Chat } from './messages/chat.tsx';
import { Thread } from './messages/thread.tsx';
import { CHAT, COMMAND, LOG, TEXTS, usePlace } from './place.ts';

type LogFilter = keyof typeof words.log.filters;
const NAMES: Readonly<Record<string, string>> = {
  [TEXTS]: messageWords.texts.title,
  [CHAT]: messageWords.chat.title,
  [COMMAND]: commandWords.tab,
};

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

/** Texts and chat: always the first two, so that nobody hunts for them. */
function MessageTabs({ shown, panelId, onShow }: TabsProps) {
  const { texts, people, chat } = useIncident();
  const me = useMyId();
  const unread = unreadFor(texts, me);
  const asked = askedOf(chat.said, chat.read, me).length;
  return (
    <>
      <Tab
        name={messageWords.texts.title}
        count={unread}
        isAlarm={unread > 0 && isCalledByTexts(people, me)}
        isOn={shown === TEXTS}
        panelId={panelId}
        onClick={() => onShow(TEXTS)}
      />
      <Tab
        name={messageWords.chat.title}
        count={asked}
        isAlarm={asked > 0}
        isOn={shown === CHAT}
        panelId={panelId}
        onClick={() => onShow(CHAT)}
      />
    </>
  );
}

function GroupTabs({ group, shown, panelId, onShow }: TabsProps & { readonly group: GroupName | null }) {
  const marks = useMarks();
  const viewer = useViewer();
  return (
    <div className="tabs" role="tablist" aria-label={boardWords.choose} onKeyDown={alongTabs}>
      <MessageTabs shown={shown} panelId={panelId} onShow={onShow} />
      <Tab
        name={boardWords.log}
        count={0}
        isAlarm={false}
        isOn={group === null && ![TEXTS, CHAT, COMMAND].includes(shown)}
        panelId={panelId}
        onClick={() => onShow(LOG)}
      />
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

/** True while a position paper, a relief of his, or a coming-out plan without his team's signature waits for the viewer. */
function usePaperWaits(): boolean {
  const viewer = useViewer();
  const { papers, relief, comingOut } = useIncident();
  const plan = currentPlan(comingOut);
  return (
    papers.signed.some((paper) => isPaperUnread(paper, viewer)) ||
    (plan !== undefined && sidesToSign(plan, viewer).length > 0) ||
    openReliefs(relief).some(({ inId, acceptedAt }) => inId === viewer.personId && acceptedAt === null)
  );
}

function Shown({ view, first, shown }: { readonly view: BoardView | undefined; readonly first: LogFilter; readonly shown: string }) {
  if (view !== undefined) return <Board key={view.name} view={view} />;
  if (shown === TEXTS) return <Thread />;
  if (shown === COMMAND) return <CommandPanel />;
  return shown === CHAT ? <Chat /> : <Log first={first} />;
}

/** Texts, chat, log and boards in one panel. `first`: which filter of the log is on at first. */
export function Work({ first }: { readonly first: LogFilter }) {
  const panelId = useId();
  const viewer = useViewer();
  const { shown, show } = usePlace();
  const setShown = (name: string) => show(name);
  const view = BOARDS.find((one) => one.name === shown && one.isFor(viewer));
  const group = view === undefined ? null : (groupsFor(viewer).find((one) => GROUPS[one].includes(view)) ?? null);
  const name = view?.words.title ?? NAMES[shown] ?? words.log.title;
  return (
    <section className="panel log work" aria-label={name}>
      <CardWriter />
      <GroupTabs group={group} shown={shown} panelId={panelId} onShow={setShown} />
      {group !== null && <BoardTabs key={group} group={group} shown={shown} panelId={panelId} onShow={setShown} />}
      <div className="work-body" role="tabpanel" id={panelId} aria-label={name}>
        <Shown view={view} first={first} shown={shown} />
      </div>
    </section>
  );
}
