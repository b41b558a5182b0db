// Keeps the log told of what this person hears with: guessed from the devices, or as the person says. Plays and records nothing.
import type { Output } from '../../../core/incident/gear.ts';
import type { Commands } from './commands.ts';
import { guessOutput, type NamedDevice, outputLabel } from './output.ts';
import type { Gear, Sound } from './sound.ts';

/** What the browser tells of its devices; a test hands in its own. */
export interface Devices {
  list(): Promise<readonly NamedDevice[]>;
  onChange(act: () => void): () => void;
}

export const browserDevices: Devices = {
  list: async () => (await navigator.mediaDevices?.enumerateDevices()) ?? [],
  onChange: (act) => {
    navigator.mediaDevices?.addEventListener('devicechange', act);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', act);
  },
};

export interface GearTeller {
  /** The person says what it is. */
  say(output: Output): void;
  stop(): void;
}

/** What is known with this output: the person's word when it was said of the same device, else a guess. */
export function gearFor(gear: Gear, label: string): Gear {
  if (gear.saidOf === label || (gear.saidOf !== null && label === '')) return gear;
  // Said before the browser told any names: it was said of this one.
  if (gear.saidOf === '') return { ...gear, saidOf: label };
  return { ...gear, kind: guessOutput(label), saidOf: null };
}

/** Looks at the devices when the sound is joined and when they change, and tells what is new. `isReady`: the log is here, and the
 *  person has a role. */
export function tellGear(parts: {
  readonly sound: Sound;
  readonly commands: Commands;
  readonly devices: Devices;
  readonly remember: (gear: Gear) => void;
}): GearTeller {
  const { sound, commands, devices } = parts;
  let told = '';
  let label = '';

  const tell = () => {
    const { gear, isJoined, microphone } = sound.view.get();
    if (!isJoined || microphone === 'none') return;
    const news = { output: gear.kind, label, by: gear.saidOf === null ? 'guess' : 'person', echo: sound.echoIsOn() } as const;
    const text = JSON.stringify(news);
    if (text === told) return;
    told = text;
    const sent = commands.ask({ type: 'tell-gear', ...news });
    // Not done: it is told again with the next look.
    void sent.answer.then((answer) => {
      if (typeof answer !== 'object' || !('seq' in answer)) told = '';
    });
  };

  const look = async () => {
    label = outputLabel(await devices.list().catch(() => []));
    const { gear, isJoined } = sound.view.get();
    const next = gearFor(gear, label);
    if (isJoined && next !== gear && (next.kind !== gear.kind || next.saidOf !== gear.saidOf)) sound.wear(next);
    tell();
  };

  let wasOpen = false;
  const stops = [
    devices.onChange(() => void look()),
    sound.view.subscribe(() => {
      // Names of devices are told once a microphone was allowed.
      const { isJoined, microphone } = sound.view.get();
      const isOpen = isJoined && microphone !== 'none';
      if (isOpen && !wasOpen) void look();
      else tell();
      wasOpen = isOpen;
    }),
  ];

  return {
    say: (output) => {
      const next: Gear = { ...sound.view.get().gear, kind: output, saidOf: label };
      parts.remember(next);
      sound.wear(next);
      tell();
    },
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
