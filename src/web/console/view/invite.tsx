// Inviting a person: a role, a one-time link, its code.
import { useState } from 'react';
import { type Role, role as roleSchema } from '../../../core/incident/topic.ts';
import type { InvitePerson } from '../../../protocol/access.ts';
import type { Invited } from '../../../protocol/http.ts';
import { ask } from '../store/http.ts';
import { type Trouble, troubleOf } from '../store/seat.ts';
import { roleWords, words } from '../words.ts';
import { HandOut } from './copy.tsx';
import { Dialog } from './dialog.tsx';
import { Refused } from './said.tsx';

interface InviteProps {
  /** Left out: a seat in Parley without a role. */
  readonly incidentId?: string;
  readonly onClose: () => void;
}

/** An address of this computer itself is of no use to anybody else. */
function isLoopback(url: string): boolean {
  return /^(localhost|127\..*|\[::1\])$/.test(new URL(url).hostname);
}

function timeOf(at: number): string {
  return new Date(at).toLocaleString([], { hour12: false, dateStyle: 'short', timeStyle: 'short' });
}

/** Who is invited without a role. */
type Kind = 'staff' | 'guest' | 'firstOfficer';
const KINDS: readonly Kind[] = ['staff', 'guest', 'firstOfficer'];

function KindChoice({ chosen, onChoose }: { readonly chosen: Kind; readonly onChoose: (kind: Kind) => void }) {
  return (
    <>
      <p>{words.invite.noRole}</p>
      <fieldset>
        <legend>{words.invite.kind}</legend>
        {KINDS.map((kind) => (
          <label key={kind} className="check">
            <input type="radio" name="kind" checked={chosen === kind} onChange={() => onChoose(kind)} />
            {words.invite[kind]}
          </label>
        ))}
      </fieldset>
    </>
  );
}

export function InviteDialog({ incidentId, onClose }: InviteProps) {
  const [role, setRole] = useState<Role>('coach');
  const [kind, setKind] = useState<Kind>('staff');
  const [made, setMade] = useState<Invited | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const make = async () => {
    setMade(null);
    const seat: InvitePerson = kind === 'firstOfficer' ? { firstOfficer: true } : { guest: kind === 'guest' };
    const asks: InvitePerson = incidentId === undefined ? seat : { incidentId, role };
    const answer = await ask<Invited>('POST', '/api/invitations', asks);
    setTrouble(troubleOf(answer));
    if (answer.is === 'done') setMade(answer.value);
  };
  return (
    <Dialog title={words.invite.title} onClose={onClose}>
      {incidentId === undefined ? (
        <KindChoice
          chosen={kind}
          onChoose={(chosen) => {
            setKind(chosen);
            setMade(null);
          }}
        />
      ) : (
        <>
          <p>{words.invite.help}</p>
          <label>
            {words.invite.role}
            <select
              value={role}
              onChange={(event) => {
                setRole(roleSchema.catch('coach').parse(event.currentTarget.value));
                setMade(null);
              }}
            >
              {roleSchema.options.map((one) => (
                <option key={one} value={one}>
                  {roleWords[one]}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      <button type="button" className="primary" onClick={() => void make()}>
        {words.invite.make}
      </button>
      <Refused refusal={trouble} />
      {made !== null && (
        <>
          <HandOut label={words.invite.link} url={made.url} mayCopy />
          {isLoopback(made.url) && <p className="warn">{words.invite.onlyHere}</p>}
          <p className="soft">{words.invite.until(timeOf(made.expiresAt))}</p>
        </>
      )}
    </Dialog>
  );
}
