// What the person wears and which microphone is used; remembered by the browser.
import { useEffect, useState } from 'react';
import { type Output, output } from '../../../core/incident/gear.ts';
import { rememberGear } from '../store/remembered.ts';
import type { Gear } from '../store/sound.ts';
import { words } from '../words.ts';
import { useDesk, useIncident, useMyId } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { useCell } from './hooks.ts';
import { LeakTest } from './leak-test.tsx';
import { Say } from './said.tsx';

/** Microphones by name; the browser tells names only once one was allowed. */
function useMicrophones(): readonly MediaDeviceInfo[] {
  const [list, setList] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const look = () =>
      void navigator.mediaDevices
        ?.enumerateDevices()
        .then((all) => setList(all.filter((one) => one.kind === 'audioinput' && one.deviceId !== '')));
    look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look);
  }, []);
  return list;
}

interface SettingsProps {
  readonly gear: Gear;
  readonly onGear: (gear: Gear) => void;
  readonly onClose: () => void;
}

export function SoundSettings({ gear: first, onGear, onClose }: SettingsProps) {
  const { sound, gear: teller } = useDesk();
  const isJoined = useCell(sound.view, (view) => view.isJoined);
  const worn = useCell(sound.view, (view) => view.gear);
  const gear = isJoined ? worn : first;
  const microphones = useMicrophones();
  const use = (next: Gear) => {
    onGear(next);
    rememberGear(next);
    if (isJoined) sound.wear(next);
  };
  // Before the call no device has a name: it is said of the one that is found then.
  const say = (kind: Output) => {
    onGear({ ...gear, kind, saidOf: '' });
    if (isJoined) teller.say(kind);
    else rememberGear({ ...gear, kind, saidOf: '' });
  };
  return (
    <Dialog title={words.sound.settings} onClose={onClose}>
      <fieldset>
        <legend>{words.sound.kind}</legend>
        {output.options.map((kind) => (
          <label key={kind} className="check">
            <input type="radio" name="kind" checked={gear.kind === kind} onChange={() => say(kind)} />
            {words.sound.kinds[kind]}
          </label>
        ))}
      </fieldset>
      <p className="soft">{words.sound.kindHelp}</p>
      <Told />
      <label>
        {words.sound.microphone}
        <select value={gear.microphoneId} onChange={(event) => use({ ...gear, microphoneId: event.currentTarget.value })}>
          <option value="">{words.sound.anyMicrophone}</option>
          {microphones.map((one) => (
            <option key={one.deviceId} value={one.deviceId}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      <LeakTest />
      {isJoined && (
        <button
          type="button"
          onClick={() => {
            sound.leave();
            onClose();
          }}
        >
          {words.sound.leave}
        </button>
      )}
    </Dialog>
  );
}

/** What the log has of the own gear. */
function Told() {
  const mine = useIncident().gear[useMyId()];
  if (mine === undefined) return null;
  return (
    <p>
      {mine.label !== '' && <Say parts={words.sound.uses(mine.label)} />} {mine.echo ? words.sound.echo.on : words.sound.echo.off}
    </p>
  );
}
