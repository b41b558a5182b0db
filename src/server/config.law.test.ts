// The settings of the law: what is taken, and what is named when it cannot be.
import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from './config.ts';

describe('settings of the law', () => {
  it('[N78] are free recording with a notice unless set, and a wrong one is named with what it may be', () => {
    expect(readConfig({}).law).toEqual({
      gates: { recording: 'free', roomMonitor: 'needs-authority', openMicrophone: 'needs-authority' },
      jurisdiction: 'general',
      notices: {},
    });
    const set = readConfig({ PARLEY_GATES: 'recording=needs-authority', PARLEY_JURISDICTION: 'eu', PARLEY_NOTICE_FR: ' Texte. ' }).law;
    expect(set).toMatchObject({
      gates: { recording: 'needs-authority', roomMonitor: 'needs-authority' },
      jurisdiction: 'eu',
      notices: { fr: 'Texte.' },
    });
    for (const wrong of ['recording', 'recording=yes', 'cameras=free']) {
      expect(() => readConfig({ PARLEY_GATES: wrong })).toThrow(ConfigFault);
      expect(() => readConfig({ PARLEY_GATES: wrong })).toThrow(/room-monitor/);
    }
    expect(() => readConfig({ PARLEY_JURISDICTION: 'mars' })).toThrow(/us-all-party/);
  });
});
