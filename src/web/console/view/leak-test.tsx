// The leak test: its key, its result in plain words, and where it is due before a call.
import { useState } from 'react';
import { isLeakTestDue, type LeakTest as Last } from '../../../core/incident/leak.ts';
import type { Lines } from '../../../core/incident/lines.ts';
import { holders } from '../../../core/incident/people.ts';
import { runLeakTest } from '../store/leak-test.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMyId } from './desk-context.ts';
import { useAsk, useCell } from './hooks.ts';
import { Refused, Say } from './said.tsx';

/** A tone this much louder while it plays than before came from the ear, dB. */
const LOUDER_DB = 6;

function resultWords(last: Last | undefined): string {
  const w = words.leakTest;
  if (last === undefined) return w.never;
  const level = `${Math.round(last.levelDb)} dB`;
  if (last.passed) return w.passed(level);
  return last.levelDb - last.beforeDb < LOUDER_DB ? w.noisy(level) : w.failed(level);
}

/** The key and the last result of the person who sits here. */
export function LeakTest() {
  const desk = useDesk();
  const { run, refusal } = useAsk(desk);
  const me = useMyId();
  const last = useIncident().leak.tests[me];
  const microphoneId = useCell(desk.sound.view, (view) => view.gear.microphoneId);
  const [isRunning, setRunning] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const test = async () => {
    setRunning(true);
    setBroken(false);
    const result = await runLeakTest(microphoneId).catch(() => null);
    setRunning(false);
    if (result === null) setBroken(true);
    else await run({ type: 'report-leak-test', ...result });
  };
  return (
    <div className="leak-test">
      <button type="button" aria-busy={isRunning} disabled={isRunning} onClick={() => void test()}>
        {words.leakTest.run}
      </button>
      <p role="status" className={last?.passed === false ? 'warn' : 'soft'}>
        {isRunning ? words.leakTest.running : resultWords(last)}
      </p>
      <p className="soft">{words.leakTest.help}</p>
      <Refused refusal={isBroken ? words.leakTest.broken : refusal} />
    </div>
  );
}

/** When a call ended last, wall clock in ms; 0 for never. */
function lastEnd(lines: Lines): number {
  const ended = Object.values(lines.byId).flatMap((line) => line.attempts.filter((a) => a.what === 'ended').map((a) => a.at));
  return Math.max(0, ...ended);
}

/** Says before a device is let in that a primary has not tested since the last call; the primary can do it here. */
export function LeakTestDue() {
  const state = useIncident();
  const me = useMyId();
  const due = holders(state.people, 'primary').filter((m) => isLeakTestDue(state, m.personId, lastEnd(state.lines)));
  if (due.length === 0) return null;
  return (
    <div className="leak-due">
      {due.map((m) => (
        <p key={m.personId} className="warn">
          <Say parts={words.leakTest.due(m.name)} />
        </p>
      ))}
      {due.some((m) => m.personId === me) && <LeakTest />}
    </div>
  );
}
