// Who takes part: roles, presence, sound, and who hears the subject. The leader changes roles here.
import { useState } from 'react';
import { type Gear, isBareLoudspeaker } from '../../../core/incident/gear.ts';
import { isOver } from '../../../core/incident/incident.ts';
import { legOfPerson } from '../../../core/incident/legs.ts';
import type { Member } from '../../../core/incident/people.ts';
import { type Role, role as roleSchema } from '../../../core/incident/topic.ts';
import { channelWords, roleWords, words } from '../words.ts';
import { useDesk, useIncident, useMyRoles } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { HandOver } from './hand-over.tsx';
import { useAsk, useCell } from './hooks.ts';
import { InviteDialog } from './invite.tsx';
import { Level } from './level.tsx';
import { Refused, Said, Say } from './said.tsx';
import { useScreen } from './screen-choice.ts';
import { TakeLeadDialog } from './take-lead.tsx';
import { WindowDialog } from './windows.tsx';

function RolesDialog({ personId, onClose }: { readonly personId: string; readonly onClose: () => void }) {
  const desk = useDesk();
  const member = useIncident().people[personId];
  const { run, refusal } = useAsk(desk);
  if (member === undefined) return null;
  const turn = (role: Role, on: boolean) =>
    void run(on ? { type: 'assign-role', personId, name: member.name, role } : { type: 'drop-role', personId, role });
  return (
    <Dialog title={<Say parts={words.people.rolesOf(member.name)} />} onClose={onClose}>
      <p className="soft">{words.people.rolesHelp}</p>
      <div className="role-grid">
        {roleSchema.options.map((role) => (
          <label key={role} className="check">
            <input type="checkbox" checked={member.roles.includes(role)} onChange={(event) => turn(role, event.currentTarget.checked)} />
            {roleWords[role]}
          </label>
        ))}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={member.noTalk}
          onChange={(event) => void run({ type: 'set-no-talk', personId, noTalk: event.currentTarget.checked })}
        />
        {words.people.mayNotTalk}
      </label>
      <Refused refusal={refusal} />
    </Dialog>
  );
}

function facts(
  member: Member,
  now: {
    readonly isPresent: boolean;
    readonly isMuted: boolean;
    readonly sound: string;
    readonly hearsSubject: boolean;
    readonly speaksOn: string | null;
    readonly hasFloor: boolean;
    readonly wears: string | null;
    readonly leaks: boolean;
  },
): readonly string[] {
  const w = words.people;
  return [
    ...(now.leaks ? [w.leaks] : []),
    ...(now.hasFloor ? [w.hasFloor] : []),
    ...(now.speaksOn === null ? [] : [w.speaks(now.speaksOn)]),
    now.isPresent ? w.present : w.absent,
    now.sound,
    ...(now.wears === null ? [] : [now.wears]),
    ...(now.isMuted ? [w.muted] : []),
    ...(member.noTalk ? [w.noTalk] : []),
    ...(now.hearsSubject ? [w.listens] : []),
  ];
}

/** What somebody hears with, with a question mark when it is only guessed. */
function wearsWords(gear: Gear, personId: string): string | null {
  const worn = gear[personId];
  if (worn === undefined) return null;
  if (isBareLoudspeaker(gear, personId)) return words.people.bare;
  const what = words.people.hears[worn.output];
  return worn.by === 'guess' && worn.output !== 'unknown' ? words.people.guessed(what) : what;
}

interface PersonProps {
  readonly member: Member;
  readonly onRoles: (() => void) | null;
  readonly onWindow: (() => void) | null;
}

function Person({ member, onRoles, onWindow }: PersonProps) {
  const { signals } = useDesk();
  const { floor, voice, gear, leak } = useIncident();
  const leg = legOfPerson(member.personId);
  const present = useCell(signals, (now) => now?.present.find((one) => one.personId === member.personId));
  const state = useCell(signals, (now) => now?.legs[leg]?.state);
  const hearsSubject = useCell(signals, (now) => now?.edges.some((edge) => edge.to === leg && edge.from.startsWith('line.')) ?? false);
  const channel = voice[member.personId];
  const told = facts(member, {
    isPresent: present !== undefined,
    isMuted: present?.muted === true,
    sound: state === undefined ? words.people.noLeg : words.people.leg[state],
    hearsSubject,
    speaksOn: channel === undefined ? null : channelWords[channel],
    hasFloor: floor.holder === member.personId,
    wears: wearsWords(gear, member.personId),
    leaks: leak.suspected.some((s) => s.microphone === leg),
  });
  return (
    <li className={present === undefined ? 'person is-absent' : 'person'}>
      <div className="person-head">
        <strong>
          <Said text={member.name} />
        </strong>
        <span className="roles">
          {member.roles.length === 0 ? words.people.noRole : member.roles.map((role) => roleWords[role]).join(', ')}
        </span>
        {onWindow !== null && (
          <button type="button" className="quiet small" onClick={onWindow}>
            {words.window.menu}
          </button>
        )}
        {onRoles !== null && (
          <button type="button" className="quiet small" onClick={onRoles}>
            {words.people.roles}
          </button>
        )}
      </div>
      <div className="person-facts">
        <Level leg={leg} />
        <span>{told.join(' · ')}</span>
      </div>
    </li>
  );
}

export function People() {
  const desk = useDesk();
  const { people, incident, windows } = useIncident();
  const roles = useMyRoles();
  const isLeader = roles.includes('leader') && !isOver(incident);
  const mayTakeLead = !isLeader && !isOver(incident) && roles.some((role) => role === 'coach' || role === 'commander');
  const [isTaking, setTaking] = useState(false);
  const [isInviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<string | null>(null);
  const [opening, setOpening] = useState<Member | null>(null);
  const mayOpen = (member: Member) => isLeader && windows.open === null && member.roles.includes('third-party');
  const all = Object.values(people);
  const isPhone = useScreen() === 'phone';
  return (
    <section className="panel people" aria-label={words.people.title}>
      <header className="row spread">
        <h2>{words.people.title}</h2>
        {isLeader && (
          <span className="row">
            {all.length > 1 && !isPhone && <HandOver />}
            <button type="button" onClick={() => setInviting(true)}>
              {words.invite.open}
            </button>
          </span>
        )}
      </header>
      <ul className="scroll">
        {all.map((member) => (
          <Person
            key={member.personId}
            member={member}
            onRoles={isLeader ? () => setChanging(member.personId) : null}
            onWindow={mayOpen(member) ? () => setOpening(member) : null}
          />
        ))}
      </ul>
      {mayTakeLead && (
        <button type="button" className="quiet" onClick={() => setTaking(true)}>
          {words.people.takeLead}
        </button>
      )}
      {isTaking && <TakeLeadDialog onClose={() => setTaking(false)} />}
      {isLeader && all.length === 1 && <p className="empty-state">{words.people.alone}</p>}
      {isInviting && <InviteDialog incidentId={desk.incidentId} onClose={() => setInviting(false)} />}
      {opening !== null && <WindowDialog member={opening} onClose={() => setOpening(null)} />}
      {changing !== null && <RolesDialog personId={changing} onClose={() => setChanging(null)} />}
    </section>
  );
}
