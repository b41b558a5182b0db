// Words: every entry has a sentence, and a stranger's text cannot hide what it is.
import { describe, expect, it } from 'vitest';
import { ENTRY_TYPES } from '../../../core/incident/log.ts';
import { entrySentences } from '../words/entries.ts';
import { deviceText } from './device.ts';
import { makeOverdue } from './overdue.ts';
import { visible } from './visible.ts';

describe('words', () => {
  it('[V9] there is a sentence for every type of entry', () => {
    expect(Object.keys(entrySentences).sort()).toEqual([...ENTRY_TYPES].sort());
  });

  it('[V10] shows controls and marks of direction, and leaves letters alone', () => {
    expect(visible('a\u202Eb\u0000c\u200Bd\u2066e')).toBe('a[U+202E]b[U+0000]c[U+200B]d[U+2066]e');
    const fine = 'שלום\tmañana\nمی‌خواهم 👩‍👧';
    expect(visible(fine)).toBe(fine);
    expect(visible('no\u200Dthing \u3164\u034F\u2800')).toBe('no[U+200D]thing [U+3164][U+034F][U+2800]');
    expect(visible(`Z${'\u0300'.repeat(100)}!`)).toBe(`Z${'\u0300'.repeat(6)}[+94 marks]!`);
    expect(visible('❤️ 👨‍👩‍👧 Việt กี่')).toBe('❤️ 👨‍👩‍👧 Việt กี่');
  });

  it('tells a device by its browser, and shows what it does not know as it is', () => {
    expect(
      deviceText(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      ),
    ).toBe('iPhone, Safari');
    expect(
      deviceText('Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'),
    ).toBe('Android phone, Chrome');
    expect(deviceText('curl/8.1')).toBe('curl/8.1');
  });

  it('[E14] alarms only for what stays wrong', () => {
    const overdue = makeOverdue(2_000);
    expect(overdue.look(['a'], 0)).toEqual([]);
    expect(overdue.look(['a', 'b'], 1_500)).toEqual([]);
    expect(overdue.look(['a', 'b'], 2_000)).toEqual(['a']);
    expect(overdue.look([], 3_000)).toEqual([]);
    expect(overdue.look(['a'], 3_500)).toEqual([]);
  });
});
