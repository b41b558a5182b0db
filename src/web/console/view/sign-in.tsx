// The page of a person without a seat: signing in, and what to do without a password.
import { type FormEvent, useState } from 'react';
import type { MeNow, SignIn } from '../../../protocol/access.ts';
import { seat } from '../store/seat.ts';
import { words } from '../words.ts';
import { useRequest } from './proof.tsx';
import { Refused } from './said.tsx';
import { ThemeChoice } from './theme-choice.tsx';

/** The page of a person without a seat. `onAgain`: asks the server anew who sits here. */
export function SignInPage({ onAgain }: { readonly onAgain: () => void }) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { run, isBusy, trouble } = useRequest();
  const said = words.signedOut;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asks = { login, password, ...(code.trim() === '' ? {} : { code }) } satisfies SignIn;
    void run<MeNow>('/api/sign-in', asks, (me) => seat.sit(me));
  };
  return (
    <main className="page">
      <header className="row spread">
        <h1>{said.title}</h1>
        <ThemeChoice />
      </header>
      <form className="start" onSubmit={submit}>
        <label>
          {said.login}
          <input autoComplete="username" value={login} onChange={(e) => setLogin(e.currentTarget.value)} maxLength={200} required />
        </label>
        <label>
          {said.password}
          <input
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            maxLength={400}
            required
          />
        </label>
        <label>
          {said.code}
          <input
            autoComplete="one-time-code"
            value={code}
            onChange={(e) => setCode(e.currentTarget.value)}
            maxLength={40}
            aria-describedby="code-help"
          />
        </label>
        <p id="code-help" className="soft">
          {said.codeHelp}
        </p>
        <button type="submit" className="primary big" aria-busy={isBusy}>
          {isBusy ? said.working : said.button}
        </button>
        <Refused refusal={trouble} />
      </form>
      <h2>{said.noPassword}</h2>
      <ul className="steps">
        {said.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <button type="button" onClick={onAgain}>
        {said.again}
      </button>
    </main>
  );
}
