// What the person wears and which microphone is used; remembered by the browser.
import { useEffect, useState } from 'react';
import type { DeviceKind, Gear } from '../store/sound.ts';
import { words } from '../words.ts';
import { useDesk } from './desk-context.ts';
import { Dialog } from './dialog.tsx';
import { useCell } from './hooks.ts';

const KEY = 'parley-gear';
const KINDS: readonly DeviceKind[] = ['headset', 'loudspeaker'];

/** The gear chosen last time in this browser. */
export function rememberedGear(): Gear | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Gear> | null;
    const kind = KINDS.find((one) => one === kept?.kind);
    return kind === undefined ? null : { kind, microphoneId: typeof kept?.microphoneId === 'string' ? kept.microphoneId : '' };
  } catch {
    return null;
  }
}

function remember(gear: Gear): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(gear));
  } catch {
    // Storage is forbidden here: the choice lasts as long as the page.
  }
}

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

export function SoundSettings({ gear, onGear, onClose }: SettingsProps) {
  const { sound } = useDesk();
  const isJoined = useCell(sound.view, (view) => view.isJoined);
  const microphones = useMicrophones();
  const use = (next: Gear) => {
    onGear(next);
    remember(next);
    if (isJoined) sound.join(next);
  };
  return (
    <Dialog title={words.sound.settings} onClose={onClose}>
      <fieldset>
        <legend>{words.sound.kind}</legend>
        {KINDS.map((kind) => (
          <label key={kind} className="check">
            <input type="radio" name="kind" checked={gear.kind === kind} onChange={() => use({ ...gear, kind })} />
            {words.sound[kind]}
          </label>
        ))}
      </fieldset>
      <p className="soft">{words.sound.kindHelp}</p>
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
