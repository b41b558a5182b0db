// The notice to the far end: by law and language, in the agency's own words where there are some, entered as it was shown.
import { describe, expect, it } from 'vitest';
import { decide, EMPTY, reduce } from './log.ts';
import { JURISDICTIONS, NOTICE_LANGUAGES, template } from './notice-texts.ts';
import { type Actor, isRefusal } from './topic.ts';
import type { IncidentState } from './topics.ts';

const anna: Actor = { kind: 'person', personId: 'anna', name: 'Anna' };
const device: Actor = { kind: 'device', lineId: 'line1', deviceId: 'device-one' };
const onDevice = { lineId: 'line1', deviceId: 'device-one' };

function admitted(opening: object, language?: string, more: readonly Record<string, unknown>[] = []): IncidentState {
  const asks: readonly (readonly [Actor, Record<string, unknown>])[] = [
    [anna, { type: 'open-incident', incidentId: 'one1', title: 'x', exercise: false, ...opening }],
    ...more.map((one) => [anna, one] as const),
    [anna, { type: 'issue-link', lineId: 'line1', kind: 'link', label: '', tokenHash: 'a'.repeat(64), reach: 'anywhere', expiresAt: 1e15 }],
    [device, { type: 'knock', ...onDevice, describes: '', ...(language === undefined ? {} : { language }) }],
    [anna, { type: 'admit-device', ...onDevice }],
  ];
  return asks.reduce((state, [who, command], at) => {
    const decision = decide(state, command, { at, who });
    if (isRefusal(decision)) throw new Error(decision.why);
    return decision.reduce((s, draft) => reduce(s, { ...draft, seq: s.seq + 1, at, who }), state);
  }, EMPTY);
}
const shown = (...given: Parameters<typeof admitted>) => admitted(...given).notice.given['line1'];

describe('the notice', () => {
  it('[N76] follows law and language of the page, English where there is no other, and is entered word for word', () => {
    expect(shown({ jurisdiction: 'us-all-party' }, 'de')).toMatchObject({
      deviceId: 'device-one',
      language: 'de',
      text: 'Dieses Gespräch kann aufgezeichnet werden. Wenn Sie weitersprechen, sind Sie damit einverstanden.',
    });
    expect(shown({ jurisdiction: 'eu' }, 'tlh')).toMatchObject({ language: 'en', text: template('eu', 'en') });
    expect(shown({})).toMatchObject({ text: 'This call may be recorded.' });
    expect(shown({ jurisdiction: 'none' }, 'en')).toBeUndefined();
  });

  it('[N76] has every sentence in every language', () => {
    for (const jurisdiction of Object.keys(JURISDICTIONS).filter((one) => one !== 'none'))
      for (const language of NOTICE_LANGUAGES)
        expect(template(jurisdiction, language).length, `${jurisdiction} ${language}`).toBeGreaterThan(5);
    expect(new Set(NOTICE_LANGUAGES.map((language) => template('eu', language))).size).toBe(NOTICE_LANGUAGES.length);
  });

  it("[N77] shows the agency's own words where there are some, of its settings or of the leader", () => {
    expect(shown({ notices: { fr: 'Texte du parquet.' } }, 'fr')).toMatchObject({ text: 'Texte du parquet.' });
    expect(shown({ notices: { fr: 'Texte du parquet.' } }, 'es')).toMatchObject({ text: template('general', 'es') });
    const own = { type: 'set-notice', language: 'en', text: 'Own words.' };
    expect(shown({}, 'en', [own])).toMatchObject({ text: 'Own words.' });
    expect(shown({}, 'en', [own, { ...own, text: '' }])).toMatchObject({ text: template('general', 'en') });
  });
});
