// The authority record: what runs, its order, its stop; a form for a new one; and the notice that a far end is shown.
import { useState } from 'react';
import { type Authority, BASES, type Basis, clocks, isInForce, SCOPES, type Scope } from '../../../core/incident/authorities.ts';
import { noticeFor } from '../../../core/incident/notice.ts';
import { JURISDICTIONS, type Jurisdiction, NOTICE_LANGUAGES, noticeLanguage } from '../../../core/incident/notice-texts.ts';
import { basisWords, scopeWords, words } from '../words.ts';
import { useDesk, useIncident, useMyRoles } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { HoldButton } from './held.tsx';
import { clockText, durationText, useAsk, useServerNow } from './hooks.ts';
import { Refused, Said } from './said.tsx';

const STOP_MS = 800;
const w = words.authority;

function OrderForm({ one }: { readonly one: Authority }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [number, setNumber] = useState('');
  const [text, setText] = useState('');
  const save = () => void run({ type: 'record-order', authorityId: one.id, order: { number, text, until: null } });
  return (
    <details>
      <summary>{w.orderCame}</summary>
      <label>
        {w.orderNumber}
        <input value={number} maxLength={100} onChange={(event) => setNumber(event.currentTarget.value)} />
      </label>
      <label>
        {w.orderText}
        <textarea rows={3} value={text} maxLength={10_000} onChange={(event) => setText(event.currentTarget.value)} />
      </label>
      <button type="button" aria-busy={isBusy} disabled={number.trim() === '' || text.trim() === ''} onClick={save}>
        {w.saveOrder}
      </button>
      <Refused refusal={refusal} />
    </details>
  );
}

function Standing({ one, mayAct }: { readonly one: Authority; readonly mayAct: boolean }) {
  const desk = useDesk();
  const now = useServerNow(desk);
  const { run, refusal } = useAsk(desk);
  const [clock] = clocks([one], now);
  const standing = isInForce(one, now) ? w.inForce : one.stopped === null ? w.ranOut : w.stopped;
  return (
    <li>
      <p>
        <strong>{standing}</strong> {one.scope.map((scope) => scopeWords[scope]).join(', ')}: <Said text={one.officer} />,{' '}
        {clockText(one.startedAt)}
      </p>
      <p className="soft">
        {basisWords[one.basis]} <Said text={one.words} />
      </p>
      {one.order !== null && (
        <p className="soft">
          {w.order} <Said text={`${one.order.number}: ${one.order.text}`} />
        </p>
      )}
      {clock !== undefined && clock.leftMs !== null && (
        <p className={`clock clock-${clock.level}`}>
          {clock.level === 'over' ? w.over[clock.what](durationText(-clock.leftMs)) : w.left[clock.what](durationText(clock.leftMs))}
        </p>
      )}
      {mayAct && one.order === null && <OrderForm one={one} />}
      {mayAct && one.stopped === null && (
        <HoldButton
          name={w.stop}
          help={words.talk.hold}
          className="danger"
          ms={STOP_MS}
          onHeld={() => void run({ type: 'stop-authority', authorityId: one.id, reason: w.stopReason })}
        />
      )}
      <Refused refusal={refusal} />
    </li>
  );
}

function NewAuthority() {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [basis, setBasis] = useState<Basis>('emergency');
  const [said, setSaid] = useState('');
  const [officer, setOfficer] = useState('');
  const [scope, setScope] = useState<readonly Scope[]>([]);
  const [number, setNumber] = useState('');
  const [text, setText] = useState('');
  const toggle = (one: Scope) => setScope(scope.includes(one) ? scope.filter((s) => s !== one) : [...scope, one]);
  const order = basis === 'court-order' ? { order: { number, text, until: null } } : {};
  const save = () => void run({ type: 'record-authority', basis, words: said, officer, scope: [...scope], ...order });
  return (
    <fieldset>
      <legend>{w.record}</legend>
      <label>
        {w.officer}
        <input value={officer} maxLength={200} onChange={(event) => setOfficer(event.currentTarget.value)} />
      </label>
      <label>
        {w.basis}
        <select value={basis} onChange={(event) => setBasis(event.currentTarget.value as Basis)}>
          {BASES.map((one) => (
            <option key={one} value={one}>
              {basisWords[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.words}
        <input value={said} maxLength={2_000} onChange={(event) => setSaid(event.currentTarget.value)} />
      </label>
      {basis === 'court-order' && (
        <>
          <label>
            {w.orderNumber}
            <input value={number} maxLength={100} onChange={(event) => setNumber(event.currentTarget.value)} />
          </label>
          <label>
            {w.orderText}
            <textarea rows={3} value={text} maxLength={10_000} onChange={(event) => setText(event.currentTarget.value)} />
          </label>
        </>
      )}
      <div className="row">
        {SCOPES.map((one) => (
          <label key={one} className="check">
            <input type="checkbox" checked={scope.includes(one)} onChange={() => toggle(one)} /> {scopeWords[one]}
          </label>
        ))}
      </div>
      <button type="button" className="primary" aria-busy={isBusy} disabled={officer.trim() === '' || scope.length === 0} onClick={save}>
        {w.record}
      </button>
      <Refused refusal={refusal} />
    </fieldset>
  );
}

/** Whose law the templates follow from now on; what was shown before stays as it was. */
function Law({ mayAct }: { readonly mayAct: boolean }) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const { jurisdiction } = useIncident().incident;
  const laws = Object.keys(JURISDICTIONS) as readonly Jurisdiction[];
  const known = laws.find((one) => one === jurisdiction);
  if (!mayAct)
    return (
      <p>
        {w.law}: {known === undefined ? jurisdiction : w.laws[known]}
      </p>
    );
  return (
    <label>
      {w.law}
      <select
        value={jurisdiction}
        aria-busy={isBusy}
        onChange={(event) => void run({ type: 'set-jurisdiction', jurisdiction: event.currentTarget.value })}
      >
        {laws.map((one) => (
          <option key={one} value={one}>
            {w.laws[one]}
          </option>
        ))}
      </select>
      <Refused refusal={refusal} />
    </label>
  );
}

/** What the next far end will be shown, before a link is made for it. */
function NoticePart({ mayAct, maySetLaw }: { readonly mayAct: boolean; readonly maySetLaw: boolean }) {
  const state = useIncident();
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [language, setLanguage] = useState('en');
  const [own, setOwn] = useState<string | null>(null);
  const text = noticeFor(state, language);
  const change = (next: string) => {
    setLanguage(next);
    setOwn(null);
  };
  return (
    <fieldset>
      <legend>{w.notice}</legend>
      <p className="soft">{w.noticeHelp}</p>
      <Law mayAct={maySetLaw} />
      <label>
        {w.language}
        <select value={language} onChange={(event) => change(event.currentTarget.value)}>
          {NOTICE_LANGUAGES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <textarea
        aria-label={w.notice}
        rows={2}
        dir="auto"
        readOnly={!mayAct}
        maxLength={1_000}
        value={own ?? text}
        placeholder={w.noNotice}
        onChange={(event) => setOwn(event.currentTarget.value)}
      />
      {mayAct && own !== null && own !== text && (
        <button
          type="button"
          aria-busy={isBusy}
          onClick={() => void run({ type: 'set-notice', language: noticeLanguage(language), text: own }).then(() => setOwn(null))}
        >
          {w.saveNotice}
        </button>
      )}
      <Refused refusal={refusal} />
    </fieldset>
  );
}

export function AuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const { authority } = useIncident();
  const roles = useMyRoles();
  const mayRecord = roles.includes('leader') || roles.includes('commander');
  return (
    <Dialog title={w.title} onClose={onClose}>
      <p className="soft">{w.help}</p>
      {authority.length === 0 && <p className="empty-state">{w.empty}</p>}
      <ul className="authorities">
        {authority.map((one) => (
          <Standing key={one.id} one={one} mayAct={mayRecord} />
        ))}
      </ul>
      {mayRecord && <NewAuthority key={authority.length} />}
      <NoticePart mayAct={roles.includes('leader')} maySetLaw={mayRecord} />
    </Dialog>
  );
}
