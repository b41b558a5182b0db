// Names of outputs as browsers tell them.
import { describe, expect, it } from 'vitest';
import { guessOutput, outputLabel } from './output.ts';

describe('a guess of what somebody hears with', () => {
  it.each([
    ['Headset Earphone (Jabra Evolve2 30)', 'headset'],
    ['MacBook Pro Speakers (Built-in)', 'loudspeaker'],
    ['Headphones (Realtek(R) Audio)', 'headset'],
    ['Speakers (Realtek(R) Audio)', 'loudspeaker'],
    ['Built-in Audio Analog Stereo', 'loudspeaker'],
    ['HDMI (Dell U2720Q)', 'loudspeaker'],
    ['Handset receiver', 'handset'],
    ['Fake Default Audio Output', 'unknown'],
    ['', 'unknown'],
  ])('[A40] %s is a %s', (label, is) => {
    expect(guessOutput(label)).toBe(is);
  });

  it('[A40] looks at the output in use', () => {
    const devices = [
      { kind: 'audioinput', deviceId: 'default', label: 'Default - Webcam' },
      { kind: 'audiooutput', deviceId: 'abc', label: 'HDMI' },
      { kind: 'audiooutput', deviceId: 'default', label: 'Default - Headset' },
    ] as const;
    expect(outputLabel(devices)).toBe('Headset');
    expect(outputLabel([])).toBe('');
  });
});
