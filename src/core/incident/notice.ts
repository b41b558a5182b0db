// Topic: the notice that a far end is shown when it is let in: the agency's own words or the template of the law, entered word for word.
import { z } from 'zod';
import { NOTICE_LANGUAGES, noticeLanguage, template } from './notice-texts.ts';
import { command, type Draft, entry, idOf, type Topic } from './topic.ts';

const language = z.enum(NOTICE_LANGUAGES);

/** What one device was shown, word for word. */
export interface Given {
  readonly deviceId: string;
  readonly language: string;
  readonly text: string;
  readonly at: number;
}

export interface Notices {
  /** Words that stand in place of the template, by language. */
  readonly own: Readonly<Record<string, string>>;
  /** What was shown last, by line. */
  readonly given: Readonly<Record<string, Given>>;
}

/** What of an incident decides about the notice. */
export type NoticeState = { readonly notice: Notices; readonly incident: { readonly jurisdiction: string } };

const initial: Notices = { own: {}, given: {} };
const set = z.strictObject({ language, text: z.string().trim().max(1_000) });
const given = z.strictObject({ lineId: idOf, deviceId: z.string().max(80), jurisdiction: z.string().max(40), language, text: z.string() });

/** The agency's words by language, as they are handed in when an incident is opened. */
export const ownNotices = z.partialRecord(language, z.string().trim().min(1).max(1_000));

/** What a device is shown when it is let in. `wish`: the language of its page, two small letters, or null. Empty: nothing is due. */
export function noticeFor({ notice, incident }: NoticeState, wish: string | null): string {
  const spoken = noticeLanguage(wish);
  return notice.own[spoken] ?? template(incident.jurisdiction, spoken);
}

/** The draft that enters what a device is shown; none when nothing is due. */
export function givesNotice(
  state: NoticeState,
  to: { readonly lineId: string; readonly deviceId: string; readonly wish: string | null },
): readonly Draft[] {
  const { lineId, deviceId, wish } = to;
  const text = noticeFor(state, wish);
  const { jurisdiction } = state.incident;
  return text === '' ? [] : [{ type: 'notice-given', payload: { lineId, deviceId, jurisdiction, language: noticeLanguage(wish), text } }];
}

export const noticeTopic = {
  name: 'notice' as const,
  initial,
  commands: {
    /** Own words for those who are let in from now on; an empty text goes back to the template. */
    'set-notice': command({ by: ['leader'], schema: set, decide: (_: unknown, asks) => [{ type: 'notice-set', payload: asks }] }),
  },
  entries: {
    'notice-set': entry({
      schema: set,
      reduce: (notices: Notices, p): Notices => {
        const { [p.language]: _old, ...rest } = notices.own;
        return { ...notices, own: p.text === '' ? rest : { ...rest, [p.language]: p.text } };
      },
    }),
    'notice-given': entry({
      schema: given,
      reduce: (notices: Notices, p, { at }): Notices => ({
        ...notices,
        given: { ...notices.given, [p.lineId]: { deviceId: p.deviceId, language: p.language, text: p.text, at } },
      }),
    }),
  },
} satisfies Topic;
