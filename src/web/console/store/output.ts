// What a person hears with, guessed from the names of devices. A guess, and shown as one. Pure.
import type { Output } from '../../../core/incident/gear.ts';

/** The part of a browser's device that is looked at. */
export type NamedDevice = Pick<MediaDeviceInfo, 'kind' | 'label' | 'deviceId'>;

/** First match wins: "Headset earphone" is no loudspeaker, "Headphones (built-in)" neither. */
const PATTERNS: readonly (readonly [RegExp, Output])[] = [
  [/head ?set|head ?phone|ear ?phone|ear ?bud|airpods|buds\b|hands-?free|jabra|plantronics|poly\b|epos|sennheiser/i, 'headset'],
  [/handset|receiver|earpiece|hörer/i, 'handset'],
  [/speaker|lautsprecher|haut-parleur|altavo|built-?in|internal|intern\b|hdmi|display|monitor|analog stereo/i, 'loudspeaker'],
];

/** The name of the output in use, without the browser's own word for "default"; '' where it does not tell. */
export function outputLabel(devices: readonly NamedDevice[]): string {
  const outputs = devices.filter((device) => device.kind === 'audiooutput');
  const used = outputs.find((device) => device.deviceId === 'default') ?? outputs[0];
  return (used?.label ?? '').replace(/^default\s*-\s*/i, '').slice(0, 200);
}

/** What it is, by its name. */
export function guessOutput(label: string): Output {
  return PATTERNS.find(([pattern]) => pattern.test(label))?.[1] ?? 'unknown';
}
