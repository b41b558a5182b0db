// Proving again who sits here: the form, the window for one act, the warning, the cover of a locked screen. Touches no sound.
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import type { MeNow } from '../../../protocol/access.ts';
import { ask } from '../store/http.ts';
import { minutesToProof, proofsOf, seat, type Trouble, troubleOf } from '../store/seat.ts';
import { words } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { useCell, useTick } from './hooks.ts';
import { Refused } from './said.tsx';

/** Who sits here, as far as the page knows. */
export function useMe(): MeNow | null {
  return useCell(seat.view, (view) => (view.is === 'in' ? view.me : null));
}

export interface Request {
  /** Sends it; `done` gets the answer. A fresh proof that is due is asked for, and then it is sent again. */
  readonly run: <T>(path: string, body: unknown, done: (value: T) => void) => Promise<void>;
  readonly isBusy: boolean;
  readonly trouble: Trouble | null;
  /** The window that asks for a proof, when one is due. Must stand on the page. */
  readonly proof: ReactNode;
}

/** One control's requests, with the trouble of the last one. */
export function useRequest(): Request {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [again, setAgain] = useState<(() => void) | null>(null);
  const run: Request['run'] = async <T,>(path: string, body: unknown, done: (value: T) => void) => {
    setBusy(true);
    setTrouble(null);
    const answer = await ask<T>('POST', path, body);
    setBusy(false);
    if (answer.is === 'done') return done(answer.value);
    if (answer.is === 'refused' && answer.refusal?.rule === 'T26') return setAgain(() => () => void run(path, body, done));
    if (answer.is === 'refused' && (answer.status === 401 || answer.status === 403)) void seat.look();
    setTrouble(troubleOf(answer));
  };
  const proven = () => {
    setAgain(null);
    again?.();
  };
  const proof =
    again === null ? null : (
      <Dialog title={words.proof.title} onClose={() => setAgain(null)}>
        <p>{words.proof.fresh}</p>
        <ProofForm onProven={proven} />
      </Dialog>
    );
  return { run, isBusy, trouble, proof };
}

/** Asks for the password or a code, whichever the person has. */
export function ProofForm({ onProven }: { readonly onProven?: () => void }) {
  const me = useMe();
  const proofs = me === null ? [] : proofsOf(me);
  const [chosen, setChosen] = useState<'password' | 'code' | null>(null);
  const [typed, setTyped] = useState('');
  const { run, isBusy, trouble } = useRequest();
  const group = useId();
  const by = chosen ?? proofs[0];
  if (by === undefined) return <p className="warn">{words.proof.none}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run<MeNow>('/api/reauth', by === 'password' ? { password: typed } : { code: typed }, (now) => {
      setTyped('');
      seat.sit(now);
      onProven?.();
    });
  };
  return (
    <form className="proof" onSubmit={submit}>
      {proofs.length > 1 && (
        <div className="choice" role="radiogroup" aria-label={words.proof.by}>
          {proofs.map((one) => (
            <label key={one} className={one === by ? 'is-chosen' : ''}>
              <input
                type="radio"
                name={group}
                checked={one === by}
                onChange={() => {
                  setChosen(one);
                  setTyped('');
                }}
              />
              {words.proof[one]}
            </label>
          ))}
        </div>
      )}
      <label>
        {words.proof[by]}
        <input
          key={by}
          type={by === 'password' ? 'password' : 'text'}
          autoComplete={by === 'password' ? 'current-password' : 'one-time-code'}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={by === 'password' ? 400 : 40}
          required
        />
      </label>
      {by === 'code' && <p className="soft">{words.proof.codeHelp}</p>}
      <button type="submit" className="primary" aria-busy={isBusy}>
        {isBusy ? words.proof.working : words.proof.button}
      </button>
      <Refused refusal={trouble} />
    </form>
  );
}

/** In the last hour before the session locks itself. */
export function ProofWarning() {
  const me = useMe();
  const minutes = useTick(10_000, () => (me === null ? null : minutesToProof(me, Date.now())));
  const [isOpen, setOpen] = useState(false);
  if (minutes === null) return null;
  return (
    <section className="notice warn" aria-label={words.proof.title}>
      <span>{words.proof.soon(minutes)}</span>
      <button type="button" onClick={() => setOpen(true)}>
        {words.proof.now}
      </button>
      {isOpen && (
        <Dialog title={words.proof.title} onClose={() => setOpen(false)}>
          <ProofForm onProven={() => setOpen(false)} />
        </Dialog>
      )}
    </section>
  );
}

/** Stands where the boards stood. `inCall`: bar and dock are still on the screen. */
export function LockCover({ inCall }: { readonly inCall: boolean }) {
  const titleId = useId();
  useEffect(() => {
    // An open window would make everything else deaf, mute among it; and it shows what must be covered.
    for (const open of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) open.close();
  }, []);
  return (
    <section className="lock" aria-labelledby={titleId}>
      <div className="lock-card">
        <h1 id={titleId}>{words.proof.locked}</h1>
        <p role="status">{inCall ? words.proof.lockedCall : words.proof.lockedHome}</p>
        <ProofForm />
      </div>
    </section>
  );
}
