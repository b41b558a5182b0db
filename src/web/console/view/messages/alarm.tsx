// The alarm of the team: raised with a word, seen over every console's boards until it is cleared. And the strip that calls to unread texts.
import { type FormEvent, useState } from 'react';
import { type Alarm, MAX_ALARM_CHARS, mayClear, standing } from '../../../../core/incident/alarms.ts';
import { isCalledByTexts, unreadFor } from '../../../../core/incident/texts.ts';
import { newRowId } from '../../store/row-id.ts';
import { messageWords } from '../../words/messages.ts';
import { useDesk, useIncident, useMyId } from '../desk-context.ts';
import { Dialog } from '../dialog.tsx';
import { KeyCap } from '../held.tsx';
import { clockText, useAsk } from '../hooks.ts';
import { TEXTS, usePlace } from '../place.ts';
import { Refused, Said } from '../said.tsx';
import { Letter } from './shared.tsx';

const w = messageWords.alarm;
/** More alarms than this at once are counted, so that they do not push the boards away. */
const SHOWN = 3;

function One({ alarm }: { readonly alarm: Alarm }) {
  const { people } = useIncident();
  const me = useMyId();
  const asking = useAsk(useDesk());
  return (
    <div className="row">
      <p className="grow">
        <strong>{w.label}</strong> <Said text={alarm.word} />{' '}
        <span className="alarm-by">
          <Said text={alarm.by?.name ?? ''} /> {clockText(alarm.at)}
        </span>
      </p>
      {mayClear(alarm, people, me) && (
        <button type="button" onClick={() => void asking.run({ type: 'clear-alarm', alarmId: alarm.id })}>
          {w.clear}
        </button>
      )}
      <Refused refusal={asking.refusal} />
    </div>
  );
}

/** Alarms that stand, newest first. */
export function AlarmBanner() {
  const all = standing(useIncident().alarms);
  if (all.length === 0) return null;
  return (
    <section className="team-alarm" role="alert" aria-label={w.label}>
      {[...all]
        .reverse()
        .slice(0, SHOWN)
        .map((alarm) => (
          <One key={alarm.id} alarm={alarm} />
        ))}
      {all.length > SHOWN && <p>+ {all.length - SHOWN}</p>}
    </section>
  );
}

function RaiseDialog({ onClose }: { readonly onClose: () => void }) {
  const asking = useAsk(useDesk());
  const [word, setWord] = useState('');
  const raise = async (event: FormEvent) => {
    event.preventDefault();
    if (word.trim() === '') return;
    const answer = await asking.run({ type: 'raise-alarm', alarmId: newRowId(), word });
    if (typeof answer === 'object' && !('refusal' in answer)) onClose();
  };
  return (
    <Dialog title={w.title} onClose={onClose}>
      <form onSubmit={(event) => void raise(event)}>
        <p>{w.help}</p>
        <label>
          {w.word}
          <input autoFocus value={word} maxLength={MAX_ALARM_CHARS} onChange={(e) => setWord(e.currentTarget.value)} />
        </label>
        <button type="submit" className="danger" aria-busy={asking.isBusy}>
          {w.go}
        </button>
        <Refused refusal={asking.refusal} />
      </form>
    </Dialog>
  );
}

/** The key that any member has, always in the same place. */
export function RaiseAlarm() {
  const { incident } = useIncident();
  const [isOpen, setOpen] = useState(false);
  if (incident.openedAt === null || incident.closedAt !== null) return null;
  return (
    <>
      <button type="button" className="danger" onClick={() => setOpen(true)}>
        {w.raise} <KeyCap letter="A" />
      </button>
      <Letter letter="a" act={() => setOpen(true)} />
      {isOpen && <RaiseDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** How many texts call for this person's eyes; 0 for whom they do not call. */
export function useCalling(): number {
  const { texts, people } = useIncident();
  const me = useMyId();
  return isCalledByTexts(people, me) ? unreadFor(texts, me) : 0;
}

/** Over the boards of the coach as long as the subject has written something that he has not read. */
export function TextStrip() {
  const { texts } = useIncident();
  const { show, shown } = usePlace();
  const unread = useCalling();
  if (unread === 0 || shown === TEXTS) return null;
  const newest = texts.received.findLast(() => true);
  return (
    <section className="text-strip" role="alert" aria-label={messageWords.texts.title}>
      <strong>{messageWords.texts.strip(unread)}</strong>
      <p className="grow">
        <Said text={newest?.text ?? ''} />
      </p>
      <button type="button" onClick={() => show(TEXTS, true)}>
        {messageWords.texts.open} <KeyCap letter="S" />
      </button>
    </section>
  );
}
