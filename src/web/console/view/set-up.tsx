// Setting what a person needs to come back: a password, a second factor, recovery codes. Keeps no secret beyond this page.
import { type FormEvent, useState } from 'react';
import type { MeNow, SecondFactorSet, SecondFactorStart, SetPassword } from '../../../protocol/access.ts';
import { seat } from '../store/seat.ts';
import { words } from '../words.ts';
import { useRequest } from './proof.tsx';
import { Refused, Say } from './said.tsx';
import { SignOut } from './sign-out.tsx';

const said = words.setUp;

function PasswordStep({ login }: { readonly login: string }) {
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const { run, isBusy, trouble, proof } = useRequest();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run<MeNow>('/api/password', { password } satisfies SetPassword, (me) => seat.sit(me));
  };
  return (
    <>
      <form className="start" onSubmit={submit}>
        <h2>{said.passwordStep}</h2>
        <p className="soft" id="password-help">
          {said.passwordHelp}
        </p>
        <input className="hidden-words" tabIndex={-1} aria-hidden="true" autoComplete="username" readOnly value={login} />
        <label>
          {said.password}
          <input
            type={isShown ? 'text' : 'password'}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            maxLength={400}
            aria-describedby="password-help"
            required
          />
        </label>
        <label className="check">
          <input type="checkbox" checked={isShown} onChange={(event) => setShown(event.currentTarget.checked)} />
          {said.show}
        </label>
        <button type="submit" className="primary" aria-busy={isBusy}>
          {said.save}
        </button>
        <Refused refusal={trouble} />
      </form>
      {proof}
    </>
  );
}

function ScanStep({ started, onCodes }: { readonly started: SecondFactorStart; readonly onCodes: (set: SecondFactorSet) => void }) {
  const [code, setCode] = useState('');
  const { run, isBusy, trouble, proof } = useRequest();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run<SecondFactorSet>('/api/second-factor/confirm', { code }, onCodes);
  };
  return (
    <>
      <div className="scan">
        <img src={`data:image/svg+xml;utf8,${encodeURIComponent(started.qrSvg)}`} alt={said.qr} />
        <form onSubmit={submit}>
          <label>
            {said.secret}
            <input className="secret" readOnly value={started.secret} onFocus={(event) => event.currentTarget.select()} />
          </label>
          <label>
            {said.code}
            <input
              autoComplete="one-time-code"
              inputMode="numeric"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              maxLength={40}
              required
            />
          </label>
          <button type="submit" className="primary" aria-busy={isBusy}>
            {said.confirm}
          </button>
          <Refused refusal={trouble} />
        </form>
      </div>
      {proof}
    </>
  );
}

function FactorStep({ onCodes }: { readonly onCodes: (set: SecondFactorSet) => void }) {
  const [started, setStarted] = useState<SecondFactorStart | null>(null);
  const { run, isBusy, trouble, proof } = useRequest();
  return (
    <section className="card">
      <h2>{said.factorStep}</h2>
      <p className="soft">{said.factorHelp}</p>
      {started === null ? (
        <button
          type="button"
          className="primary"
          aria-busy={isBusy}
          onClick={() => void run<SecondFactorStart>('/api/second-factor/start', {}, setStarted)}
        >
          {said.start}
        </button>
      ) : (
        <ScanStep started={started} onCodes={onCodes} />
      )}
      <Refused refusal={trouble} />
      {proof}
    </section>
  );
}

function CodesStep({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const [outcome, setOutcome] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      setOutcome(words.lines.copied);
    } catch {
      setOutcome(words.lines.copyFailed);
    }
  };
  return (
    <section className="card">
      <h2>{said.codesStep}</h2>
      <p>{said.codesHelp}</p>
      <ol className="recovery">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="row no-print">
        <button type="button" onClick={() => void copy()}>
          {said.copy}
        </button>
        <button type="button" onClick={() => print()}>
          {said.print}
        </button>
        <span role="status">{outcome}</span>
      </div>
      <button type="button" className="primary no-print" onClick={onKept}>
        {said.kept}
      </button>
    </section>
  );
}

/** One step at a time, as far as the account needs. */
export function SetUpPage({ me, onBack }: { readonly me: MeNow; readonly onBack: () => void }) {
  const [told, setTold] = useState<SecondFactorSet | null>(null);
  const codes = told?.recoveryCodes ?? null;
  const onCodes = (set: SecondFactorSet) => {
    // The person may do all from now on, and this page must stay until the codes are kept.
    location.hash = 'page=set-up';
    setTold(set);
  };
  const onKept = () => {
    if (told !== null) seat.sit(told.me);
    setTold(null);
  };
  const step =
    codes !== null ? (
      <CodesStep codes={codes} onKept={onKept} />
    ) : me.needs.includes('password') ? (
      <PasswordStep login={me.login} />
    ) : me.needs.includes('second-factor') ? (
      <FactorStep onCodes={onCodes} />
    ) : (
      <p role="status">{said.done}</p>
    );
  return (
    <main className="page">
      <h1>{said.title}</h1>
      {me.standing === 'pending' && <p>{said.pending}</p>}
      <p className="soft">
        <Say parts={said.login(me.login)} />
      </p>
      {step}
      {/* Codes that are told once are not left by a slip of the finger. */}
      {codes === null && (
        <div className="row">
          {me.standing === 'pending' ? (
            <SignOut />
          ) : (
            <button type="button" onClick={onBack}>
              {said.later}
            </button>
          )}
        </div>
      )}
    </main>
  );
}
