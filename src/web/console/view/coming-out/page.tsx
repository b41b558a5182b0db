// The coming-out plan as those see it who write and sign it: the newest version, who signed, where the primary is, and the way to change it.
import { useState } from 'react';
import { currentPlan, type Plan, SIGNERS, type Side, sidesToSign, stepState, writesPlans } from '../../../../core/incident/coming-out.ts';
import { planWords as w } from '../../words/coming-out.ts';
import { authorText } from '../board/row-dialogs.tsx';
import { useDesk, useIncident, useMyRoles, useViewer } from '../desk-context.ts';
import { clockText, useAsk } from '../hooks.ts';
import { Refused, Said } from '../said.tsx';

function Signature({ plan, side }: { readonly plan: Plan; readonly side: Side }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const signed = plan.signatures[side];
  const may = sidesToSign(plan, useViewer()).includes(side);
  return (
    <li className={signed === undefined ? 'row plan-unsigned' : 'row'} data-side={side}>
      <span className="grow">
        <strong>{w.sides[side]}:</strong>{' '}
        {signed === undefined ? w.missing : <Said text={w.signedBy(authorText(signed.by), clockText(signed.at))} />}
      </span>
      {may && (
        <button
          type="button"
          className="primary"
          aria-busy={isBusy}
          onClick={() => void run({ type: 'sign-plan', version: plan.version, side }, true)}
        >
          {w.sign(side)}
        </button>
      )}
      <Refused refusal={refusal} />
    </li>
  );
}

function Step({ plan, step }: { readonly plan: Plan; readonly step: number }) {
  const state = stepState(plan, step);
  const last = plan.done[step]?.at(-1);
  return (
    <li data-step={state}>
      <Said text={plan.steps[step] ?? ''} />
      {plan.wasApproved && (
        <span className="soft">
          {' '}
          — {w.marks[state]}
          {last !== undefined && state !== 'open' && ` ${clockText(last.at)}`}
        </span>
      )}
    </li>
  );
}

function Body({ plan }: { readonly plan: Plan }) {
  return (
    <>
      <ol className="plan-steps" aria-label={w.stepsOf}>
        {plan.steps.map((text, step) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a version's steps never change their places
          <Step key={`${step}-${text}`} plan={plan} step={step} />
        ))}
      </ol>
      {plan.stopWords !== '' && (
        <p className="row-fact">
          <span className="soft">{w.stopWords}:</span> <Said text={plan.stopWords} />
        </p>
      )}
      {plan.promised !== '' && (
        <p className="row-fact">
          <span className="soft">{w.promised}:</span> <Said text={plan.promised} />
        </p>
      )}
    </>
  );
}

function Withdraw({ plan }: { readonly plan: Plan }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [why, setWhy] = useState('');
  return (
    <details>
      <summary>{w.withdraw}</summary>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void run({ type: 'withdraw-plan', version: plan.version, why }, true);
        }}
      >
        <label className="grow">
          {w.withdrawWhy}
          <input value={why} maxLength={500} onChange={(event) => setWhy(event.currentTarget.value)} />
        </label>
        <button type="submit" className="danger" disabled={why.trim() === ''} aria-busy={isBusy}>
          {w.withdraw}
        </button>
      </form>
      <Refused refusal={refusal} />
    </details>
  );
}

/** One version with its state in so many words: never a colour alone. */
function PlanCard({ plan, mayWrite }: { readonly plan: Plan; readonly mayWrite: boolean }) {
  return (
    <section className="plan" data-plan={plan.state} aria-label={w.title(plan.version)}>
      <header className={`plan-state plan-${plan.state}`}>
        <strong>{w.states[plan.state]}</strong>
        <span>{w.title(plan.version)}</span>
        <span>{plan.state === 'recalled' && !plan.wasApproved ? w.neverAgreed : w.help[plan.state]}</span>
        {plan.why !== '' && <Said text={w.why(plan.why)} />}
      </header>
      <p className="row-basis soft">
        <Said text={w.writtenBy(authorText(plan.by), clockText(plan.at))} />
      </p>
      <Body plan={plan} />
      <ul>
        {(Object.keys(SIGNERS) as Side[]).map((side) => (
          <Signature key={side} plan={plan} side={side} />
        ))}
      </ul>
      {mayWrite && plan.state !== 'recalled' && <Withdraw key={plan.version} plan={plan} />}
    </section>
  );
}

interface Text {
  /** The version that it was made from; 0 for none. */
  readonly after: number;
  readonly steps: string;
  readonly stopWords: string;
  readonly promised: string;
}
const textOf = (plan: Plan | undefined): Text => ({
  after: plan?.version ?? 0,
  steps: plan?.steps.join('\n') ?? '',
  stopWords: plan?.stopWords ?? '',
  promised: plan?.promised ?? '',
});
const linesOf = (text: string) => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));

function Writer({ plan }: { readonly plan: Plan | undefined }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const newest = plan?.version ?? 0;
  const [text, setText] = useState(() => textOf(plan));
  const steps = linesOf(text.steps);
  const send = async () => {
    const { after, stopWords, promised } = text;
    const answer = await run({ type: 'write-plan', after, steps, stopWords, promised }, true);
    if (typeof answer === 'object' && 'seq' in answer) setText({ ...text, after: after + 1 });
  };
  const field = (name: 'stopWords' | 'promised', most: number) => (
    <label className="grow">
      {w[name]}
      <input value={text[name]} maxLength={most} onChange={(event) => setText({ ...text, [name]: event.currentTarget.value })} />
    </label>
  );
  return (
    <form
      className="row-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        {w.steps}
        <textarea
          rows={6}
          maxLength={6_000}
          value={text.steps}
          placeholder={w.stepsHint}
          onChange={(event) => setText({ ...text, steps: event.currentTarget.value })}
        />
      </label>
      <div className="row">
        {field('stopWords', 200)}
        {field('promised', 1_000)}
      </div>
      {text.after !== newest && (
        <div className="row warn">
          <span className="grow">{w.stale}</span>
          <button type="button" onClick={() => setText(textOf(plan))}>
            {w.takeNewest}
          </button>
        </div>
      )}
      <div className="row">
        <button type="submit" className="primary" disabled={steps.length === 0 || text.after !== newest} aria-busy={isBusy}>
          {w.put(newest + 1)}
        </button>
        <p className="soft grow">{w.changeHelp}</p>
      </div>
      <Refused refusal={refusal} />
    </form>
  );
}

/** The page of the plan: the newest version, the way to change it, and what was before. */
export function PlanPage() {
  const { comingOut, incident } = useIncident();
  const mayWrite = writesPlans(useMyRoles()) && incident.closedAt === null;
  const plan = currentPlan(comingOut);
  const earlier = comingOut.versions.slice(0, -1).reverse();
  return (
    <>
      {plan === undefined ? <p className="empty-state">{w.none}</p> : <PlanCard plan={plan} mayWrite={mayWrite} />}
      {mayWrite && (
        <details open={plan === undefined}>
          <summary>{plan === undefined ? w.write : w.change}</summary>
          <Writer plan={plan} />
        </details>
      )}
      {earlier.length > 0 && (
        <details>
          <summary>{w.earlier(earlier.length)}</summary>
          {earlier.map((one) => (
            <PlanCard key={one.version} plan={one} mayWrite={false} />
          ))}
        </details>
      )}
    </>
  );
}
