// The agreed plan for who speaks with the person: one step at a time in large letters. What was called back is not there any more.
import { useState } from 'react';
import { type Plan, planToRead, type StepWhat, stepState } from '../../../../core/incident/coming-out.ts';
import { readerWords as w } from '../../words/coming-out.ts';
import { useDesk, useIncident, useMyRoles } from '../desk-context.ts';
import { useAsk } from '../hooks.ts';
import { Refused, Said } from '../said.tsx';

function Recalled({ plan }: { readonly plan: Plan }) {
  const [seen, setSeen] = useState(0);
  if (seen === plan.version) return null;
  return (
    <section className="plan-reader plan-recalled" role="alert" aria-label={w.label}>
      <div className="row">
        <strong className="plan-big">{w.recalled}</strong>
        <span className="grow">{plan.why === '' ? w.changed : <Said text={plan.why} />}</span>
        <button type="button" onClick={() => setSeen(plan.version)}>
          {w.understood}
        </button>
      </div>
    </section>
  );
}

/** The two keys of a step: the second waits for the first. */
function Keys({ plan, step }: { readonly plan: Plan; readonly step: number }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const state = stepState(plan, step);
  const mark = (what: StepWhat) => void run({ type: 'mark-step', version: plan.version, step, what });
  const key = (what: 'read' | 'repeated', isNext: boolean) => (
    <button
      type="button"
      className={isNext ? 'primary plan-key' : 'plan-key'}
      aria-pressed={state === what || (what === 'read' && state === 'repeated')}
      disabled={!isNext}
      aria-busy={isBusy}
      onClick={() => mark(what)}
    >
      {w[what]}
    </button>
  );
  return (
    <>
      {key('read', state === 'open')}
      {key('repeated', state === 'read')}
      {state !== 'open' && (
        <button type="button" className="quiet" aria-busy={isBusy} onClick={() => mark('again')}>
          {w.again}
        </button>
      )}
      <Refused refusal={refusal} />
    </>
  );
}

function Aside({ label, text }: { readonly label: string; readonly text: string }) {
  if (text === '') return null;
  return (
    <span>
      <strong>{label}</strong> <Said text={text} />
    </span>
  );
}

function Steps({ plan, onClose }: { readonly plan: Plan; readonly onClose: () => void }) {
  const mayMark = useMyRoles().includes('primary');
  const firstOpen = plan.steps.findIndex((_, step) => stepState(plan, step) !== 'repeated');
  const [looked, setLooked] = useState<number | null>(null);
  const last = plan.steps.length - 1;
  const step = looked ?? (firstOpen < 0 ? last : firstOpen);
  const look = (to: number) => setLooked(to === firstOpen ? null : to);
  return (
    <>
      <div className="row">
        <strong>{w.step(step + 1, plan.steps.length)}</strong>
        <span className="grow">{firstOpen < 0 && w.done}</span>
        <button type="button" className="quiet" disabled={step === 0} onClick={() => look(step - 1)}>
          {w.back}
        </button>
        <button type="button" className="quiet" disabled={step === last} onClick={() => look(step + 1)}>
          {w.next}
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          {w.close}
        </button>
      </div>
      <p className="plan-step" role="status" dir="auto">
        <Said text={plan.steps[step] ?? ''} />
      </p>
      <div className="row">
        {mayMark && <Keys key={step} plan={plan} step={step} />}
        <span className="grow" />
        <Aside label={w.stop} text={plan.stopWords} />
        <Aside label={w.promised} text={plan.promised} />
      </div>
    </>
  );
}

function Agreed({ plan }: { readonly plan: Plan }) {
  const [isOpen, setOpen] = useState(false);
  const done = plan.steps.filter((_, step) => stepState(plan, step) === 'repeated').length;
  return (
    <section className="plan-reader" aria-label={w.label}>
      {isOpen ? (
        <Steps plan={plan} onClose={() => setOpen(false)} />
      ) : (
        <div className="row">
          <strong>{w.label}</strong>
          <span className="grow">{w.ready}</span>
          <span className="soft">{w.progress(done, plan.steps.length)}</span>
          <button type="button" className="primary" onClick={() => setOpen(true)}>
            {w.open}
          </button>
        </div>
      )}
    </section>
  );
}

/** Over the panels of primary and interpreter; nothing before both teams agreed. */
export function PlanReader() {
  const { comingOut, incident } = useIncident();
  const speaks = useMyRoles().some((role) => role === 'primary' || role === 'interpreter');
  const plan = planToRead(comingOut);
  if (!speaks || plan === undefined || incident.closedAt !== null) return null;
  return plan.state === 'approved' ? <Agreed key={plan.version} plan={plan} /> : <Recalled plan={plan} />;
}
