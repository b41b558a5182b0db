// The panel of the brief: position papers, relief, hours. What is signed or accepted stands here when the log says so.
import { useState } from 'react';
import { SIDES } from '../../../core/incident/addressees.ts';
import { TEAM } from '../../../core/incident/board.ts';
import { HANDOVER_PARTS, type PartName, paperFacts } from '../../../core/incident/brief.ts';
import { currentPlan, sidesToSign } from '../../../core/incident/coming-out.ts';
import { isPaperUnread, type Paper, type PaperText, type Receipt, writesPapers } from '../../../core/incident/papers.ts';
import { holders } from '../../../core/incident/people.ts';
import { knowsTo, openReliefs, type Relief } from '../../../core/incident/relief.ts';
import { hoursOf, type Presence } from '../../../core/incident/roster.ts';
import type { Role } from '../../../core/incident/topic.ts';
import { takePaper } from '../store/paper-file.ts';
import { newRowId } from '../store/row-id.ts';
import { timeText } from '../words/board.ts';
import { partWords, commandWords as w } from '../words/command.ts';
import { roleWords } from '../words.ts';
import { authorText } from './board/row-dialogs.tsx';
import { BriefView, useBrief } from './brief.tsx';
import { PlanPage } from './coming-out/page.tsx';
import { useDesk, useIncident, useMyId, useMyRoles, useNames, useViewer } from './desk-context.ts';
import { clockText, durationText, useAsk, useServerNow } from './hooks.ts';
import { Refused, Said } from './said.tsx';

const PARTS = ['basis', 'status', 'assessment', 'recommendations'] as const;
const BLANK: PaperText = { to: ['command', 'tactical', 'negotiation'], basis: '', status: '', assessment: '', recommendations: '' };
const IN_STATUS: readonly PartName[] = ['hostages', 'weapons', 'demands', 'deadlines', 'promises', 'actions', 'decisions'];
const IN_ASSESSMENT: readonly PartName[] = ['indicators', 'hooks', 'barbs', 'themes'];

/** The text that a paper begins with, out of what stands on the boards. */
function filled(facts: ReturnType<typeof paperFacts>, to: PaperText['to']): PaperText {
  const { contact, standing } = facts;
  const lines = (names: readonly PartName[]) =>
    names
      .flatMap((name) => {
        const items = standing[name] ?? [];
        return items.length === 0
          ? [`${partWords[name]}: ${w.nothing}`]
          : [
              `${partWords[name]}:`,
              ...items.map(
                ({ at, text, aside }) => `- ${at === null ? '' : `${timeText(at)} `}${text}${aside === '' ? '' : ` (${aside})`}`,
              ),
            ];
      })
      .join('\n');
  const basis =
    contact.count === 0
      ? w.noContact
      : `${w.contact(contact.count)}, ${contact.goesOn ? w.goesOn : w.lastContact(timeText(contact.lastAt ?? 0))}`;
  return { to, basis, status: lines(IN_STATUS), assessment: lines(IN_ASSESSMENT), recommendations: '' };
}

function Writer({ number }: { readonly number: number }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const incident = useIncident();
  const [text, setText] = useState<PaperText>(() => {
    const { draft } = incident.papers;
    if (draft === null) return BLANK;
    const { to, basis, status, assessment, recommendations } = draft;
    return { to, basis, status, assessment, recommendations };
  });
  const to = [...text.to];
  const turn = (side: (typeof SIDES)[number]) =>
    setText({ ...text, to: to.includes(side) ? to.filter((one) => one !== side) : [...to, side] });
  const sign = async () => {
    const answer = await run({ type: 'sign-paper', number, ...text, to }, true);
    if (typeof answer === 'object' && 'seq' in answer) setText(BLANK);
  };
  return (
    <form className="row-form paper-writer" onSubmit={(event) => event.preventDefault()}>
      <div className="row">
        <button
          type="button"
          onClick={() => setText({ ...filled(paperFacts(incident, TEAM), text.to), recommendations: text.recommendations })}
        >
          {w.fill}
        </button>
        {SIDES.map((side) => (
          <label key={side} className="check">
            <input type="checkbox" checked={to.includes(side)} onChange={() => turn(side)} />
            {w.sides[side]}
          </label>
        ))}
      </div>
      {PARTS.map((part) => (
        <label key={part}>
          {w[part]}
          <textarea
            rows={part === 'basis' ? 1 : 4}
            maxLength={12_000}
            value={text[part]}
            onChange={(event) => setText({ ...text, [part]: event.currentTarget.value })}
          />
        </label>
      ))}
      <div className="row">
        <button type="button" aria-busy={isBusy} onClick={() => void run({ type: 'draft-paper', ...text, to }, true)}>
          {w.draft}
        </button>
        <button type="button" className="primary" aria-busy={isBusy} onClick={() => void sign()}>
          {w.sign(number)}
        </button>
        <p className="soft grow">{w.signHelp}</p>
      </div>
      <Refused refusal={refusal} />
    </form>
  );
}

function Receipts({ label, of }: { readonly label: string; readonly of: readonly Receipt[] }) {
  return (
    <p className="row-fact">
      <span className="soft">{label}:</span>{' '}
      <Said text={of.length === 0 ? w.nobody : of.map(({ by, at }) => `${by.name} ${clockText(at)}`).join(', ')} />
    </p>
  );
}

function PaperCard({ paper }: { readonly paper: Paper }) {
  const desk = useDesk();
  const { run, refusal } = useAsk(desk);
  const viewer = useViewer();
  const isNew = isPaperUnread(paper, viewer);
  const [isOpen, setOpen] = useState(false);
  const [trouble, setTrouble] = useState<{ readonly why: string; readonly next: string } | null>(null);
  const open = async () => {
    if (isOpen) return setOpen(false);
    const answer = await run({ type: 'open-paper', number: paper.number }, true);
    if (typeof answer === 'object' && 'seq' in answer) setOpen(true);
  };
  const take = async () => setTrouble(await takePaper(desk.incidentId, paper.number));
  return (
    <li className="board-row" data-paper={paper.number}>
      <div className="row-main">
        <strong className="row-name">{w.paper(paper.number)}</strong>
        <p className="row-basis soft">
          <Said text={w.signed(authorText(paper.signedBy), timeText(paper.signedAt))} />
          <span>
            {w.to}: {paper.to.map((side) => w.sides[side]).join(', ')}
          </span>
        </p>
        <Receipts label={w.opened} of={paper.opened} />
        <Receipts label={w.acknowledged} of={paper.acknowledged} />
        {isOpen &&
          PARTS.map((part) => (
            <section key={part} className="paper-part">
              <h3>{w[part]}</h3>
              <Said text={paper[part]} />
            </section>
          ))}
      </div>
      <div className="row-acts">
        <button type="button" className="quiet small" aria-expanded={isOpen} onClick={() => void open()}>
          {isOpen ? w.close : w.open}
        </button>
        {isNew && isOpen && (
          <button type="button" className="primary" onClick={() => void run({ type: 'acknowledge-paper', number: paper.number }, true)}>
            {w.acknowledge}
          </button>
        )}
        <button type="button" className="quiet small" onClick={() => void take()}>
          {w.pdf}
        </button>
        <Refused refusal={refusal ?? trouble} />
      </div>
    </li>
  );
}

function PapersPart() {
  const { papers, people, incident } = useIncident();
  const mayWrite = writesPapers(people, useMyId()) && incident.closedAt === null;
  const number = papers.signed.length + 1;
  return (
    <>
      {papers.signed.length === 0 && <p className="empty-state">{w.noPapers}</p>}
      <ul className="board-rows">
        {[...papers.signed].reverse().map((paper) => (
          <PaperCard key={paper.number} paper={paper} />
        ))}
      </ul>
      {mayWrite && (
        <details open={papers.draft !== null || papers.signed.length === 0}>
          <summary>{w.write(number)}</summary>
          <Writer key={number} number={number} />
        </details>
      )}
    </>
  );
}

function Starter() {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const { people } = useIncident();
  const [role, setRole] = useState<Role>('primary');
  const [outId, setOut] = useState('');
  const [inId, setIn] = useState('');
  const team = Object.values(people).filter(({ roles }) => roles.some((one) => one !== 'third-party'));
  const who = (label: string, value: string, set: (id: string) => void, from: typeof team) => (
    <label>
      {label}
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">{w.choose}</option>
        {from.map((one) => (
          <option key={one.personId} value={one.personId}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="row relief-start">
      <label>
        {w.role}
        <select value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
          {TEAM.map((one) => (
            <option key={one} value={one}>
              {roleWords[one]}
            </option>
          ))}
        </select>
      </label>
      {who(w.out, outId, setOut, [...holders(people, role)])}
      {who(w.in, inId, setIn, team)}
      <button
        type="button"
        className="primary"
        aria-busy={isBusy}
        disabled={outId === '' || inId === ''}
        onClick={() => void run({ type: 'start-relief', reliefId: newRowId(), role, outId, inId }, true)}
      >
        {w.start}
      </button>
      <p className="soft grow">{w.startHelp}</p>
      <Refused refusal={refusal} />
    </div>
  );
}

function Sheet({ relief }: { readonly relief: Relief }) {
  const brief = useBrief(knowsTo(useIncident().relief, relief.inId), HANDOVER_PARTS);
  return brief === null ? null : (
    <section aria-label={w.sheet}>
      <h3>{w.sheet}</h3>
      <BriefView brief={brief} />
    </section>
  );
}

function ReliefCard({ relief }: { readonly relief: Relief }) {
  const { run, refusal } = useAsk(useDesk());
  const { person } = useNames();
  const me = useMyId();
  const isLeader = useMyRoles().includes('leader');
  const [why, setWhy] = useState('');
  const { id: reliefId, inId, outId, acceptedAt } = relief;
  return (
    <li className="relief" data-relief={relief.role}>
      <div className="row spread">
        <strong>
          <Said text={w.reliefOf(roleWords[relief.role], person(outId), person(inId))} />
        </strong>
        <span className="tag">{acceptedAt === null ? w.notRead : w.readAt(clockText(acceptedAt))}</span>
        {me === inId && acceptedAt === null && (
          <button type="button" className="primary" onClick={() => void run({ type: 'accept-relief', reliefId }, true)}>
            {w.accept}
          </button>
        )}
        {acceptedAt !== null && (isLeader || me === inId || me === outId) && (
          <button type="button" className="primary" onClick={() => void run({ type: 'complete-relief', reliefId }, true)}>
            {w.complete}
          </button>
        )}
      </div>
      <Refused refusal={refusal} />
      {isLeader && (
        <div className="row">
          <label className="grow">
            {w.cancelWhy}
            <input value={why} maxLength={500} onChange={(event) => setWhy(event.currentTarget.value)} />
          </label>
          <button
            type="button"
            className="quiet"
            disabled={why.trim() === ''}
            onClick={() => void run({ type: 'cancel-relief', reliefId, why }, true)}
          >
            {w.cancel}
          </button>
        </div>
      )}
      {(me === inId || me === outId) && <Sheet relief={relief} />}
    </li>
  );
}

function ReliefPart() {
  const { relief, incident } = useIncident();
  const isLeader = useMyRoles().includes('leader') && incident.closedAt === null;
  const open = openReliefs(relief);
  return (
    <>
      {isLeader && <Starter />}
      {open.length === 0 && <p className="empty-state">{w.noReliefs}</p>}
      <ul className="board-rows">
        {open.map((one) => (
          <ReliefCard key={one.id} relief={one} />
        ))}
      </ul>
    </>
  );
}

function Limits() {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const { hours } = useIncident();
  const [shift, setShift] = useState(String(hours.shiftMin / 60));
  const [pause, setPause] = useState(String(hours.breakMin / 60));
  const field = (label: string, value: string, set: (text: string) => void) => (
    <label>
      {label}
      <input type="number" min={0.5} max={48} step={0.5} value={value} onChange={(event) => set(event.currentTarget.value)} />
    </label>
  );
  const minutes = (text: string) => Math.round(Number(text) * 60);
  return (
    <div className="row">
      {field(w.shiftHours, shift, setShift)}
      {field(w.breakHours, pause, setPause)}
      <button
        type="button"
        aria-busy={isBusy}
        onClick={() => void run({ type: 'set-hours', shiftMin: minutes(shift), breakMin: minutes(pause) }, true)}
      >
        {w.setHours}
      </button>
      <Refused refusal={refusal} />
    </div>
  );
}

function HoursPart() {
  const { roster, hours } = useIncident();
  const now = useServerNow(useDesk());
  const maySet = useMyRoles().some((role) => role === 'leader' || role === 'commander');
  const here = Object.values(roster as Readonly<Record<string, Presence>>).flatMap((row) => {
    const his = hoursOf(row, now, hours);
    return his === null ? [] : [{ row, his }];
  });
  return (
    <>
      <p className="soft">{hours.isSet ? w.agency : w.estimate}</p>
      {maySet && <Limits />}
      {here.length === 0 && <p className="empty-state">{w.noHours}</p>}
      <ul className="board-rows">
        {here.map(({ row, his }) => (
          <li key={row.id} className="row hours">
            <strong className="grow">
              <Said text={row.fields.who} />
            </strong>
            <span>{w.shift(durationText(his.sinceArrivalMs))}</span>
            <span>{his.isOnBreak ? w.onBreak : w.work(durationText(his.sinceBreakMs))}</span>
            {his.isOverShift && <span className="clock clock-over">{w.overShift}</span>}
            {his.isOverBreak && <span className="clock clock-warn">{w.overBreak}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

const PAGES = { papers: PapersPart, plan: PlanPage, relief: ReliefPart, hours: HoursPart } as const;
type PageName = keyof typeof PAGES;

/** The whole panel. */
export function CommandPanel() {
  // Whose signature is missing finds the plan first.
  const plan = currentPlan(useIncident().comingOut);
  const viewer = useViewer();
  const [page, setPage] = useState<PageName>(() => (plan !== undefined && sidesToSign(plan, viewer).length > 0 ? 'plan' : 'papers'));
  const Page = PAGES[page];
  return (
    <div className="board" data-board="command">
      <div className="choice" role="radiogroup" aria-label={w.tab}>
        {(Object.keys(PAGES) as PageName[]).map((one) => (
          <label key={one} className={one === page ? 'is-chosen' : ''}>
            <input type="radio" name="brief-page" checked={one === page} onChange={() => setPage(one)} />
            {w[one]}
          </label>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="scroll command-page" tabIndex={0} aria-label={w[page]}>
        <Page />
      </section>
    </div>
  );
}
