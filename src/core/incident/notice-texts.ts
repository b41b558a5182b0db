// What a far end is told about being recorded: templates by law and language, in short plain sentences. Each is to be checked by the
// agency's counsel before use (docs/privacy.md). Words only.

/** The languages of the call page. */
export const NOTICE_LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'ar', 'zh', 'ru'] as const;
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number];

type Sentence = 'recorded' | 'goingOn' | 'stored';

/** Whose law is followed, and which sentences it asks for. Lists of states differ (doctrine 7): the agency chooses. */
export const JURISDICTIONS = {
  /** Nothing special is asked for. */
  general: ['recorded'],
  /** US federal law and the states in which one party's consent is enough (18 USC 2511(2)(c)). */
  'us-one-party': ['recorded'],
  /** US states in which every party has to agree. */
  'us-all-party': ['recorded', 'goingOn'],
  /** Police of an EU member state or the UK (Directive (EU) 2016/680 and laws after it). */
  eu: ['recorded', 'stored'],
  /** The agency tells the person itself, or counsel found that no notice is due. */
  none: [],
} as const satisfies Readonly<Record<string, readonly Sentence[]>>;
/** A law that Parley has templates for, by its short name. */
export type Jurisdiction = keyof typeof JURISDICTIONS;

const SENTENCES: Readonly<Record<NoticeLanguage, Readonly<Record<Sentence, string>>>> = {
  en: {
    recorded: 'This call may be recorded.',
    goingOn: 'If you go on, you agree to that.',
    stored: 'You can ask later what was stored about you.',
  },
  es: {
    recorded: 'Esta llamada puede ser grabada.',
    goingOn: 'Si continúa, está de acuerdo con ello.',
    stored: 'Más tarde puede preguntar qué datos suyos se guardaron.',
  },
  fr: {
    recorded: 'Cet appel peut être enregistré.',
    goingOn: 'Si vous continuez, vous êtes d’accord.',
    stored: 'Vous pourrez demander plus tard ce qui a été conservé sur vous.',
  },
  de: {
    recorded: 'Dieses Gespräch kann aufgezeichnet werden.',
    goingOn: 'Wenn Sie weitersprechen, sind Sie damit einverstanden.',
    stored: 'Sie können später fragen, was über Sie gespeichert wurde.',
  },
  pt: {
    recorded: 'Esta chamada pode ser gravada.',
    goingOn: 'Se continuar, está de acordo com isso.',
    stored: 'Mais tarde pode perguntar o que foi guardado sobre si.',
  },
  ar: {
    recorded: 'قد يتم تسجيل هذه المكالمة.',
    goingOn: 'إذا تابعت المكالمة فأنت موافق على ذلك.',
    stored: 'يمكنك أن تسأل لاحقًا عمّا حُفظ عنك.',
  },
  zh: {
    recorded: '本次通话可能会被录音。',
    goingOn: '继续通话即表示您同意。',
    stored: '您以后可以询问保存了哪些与您有关的信息。',
  },
  ru: {
    recorded: 'Этот разговор может записываться.',
    goingOn: 'Продолжая разговор, вы с этим соглашаетесь.',
    stored: 'Позже вы можете узнать, что о вас сохранено.',
  },
};

/** True for a law that there are templates for. */
export function isJurisdiction(text: string): text is Jurisdiction {
  return Object.hasOwn(JURISDICTIONS, text);
}

/** The language of the templates that fits a wish; English when there is none. `wish`: two small letters, or null. */
export function noticeLanguage(wish: string | null): NoticeLanguage {
  return NOTICE_LANGUAGES.find((one) => one === wish) ?? 'en';
}

/** The template for a law and a language; empty when the law asks for none. */
export function template(jurisdiction: string, language: NoticeLanguage): string {
  const sentences = isJurisdiction(jurisdiction) ? JURISDICTIONS[jurisdiction] : JURISDICTIONS.general;
  return sentences.map((one) => SENTENCES[language][one]).join(language === 'zh' ? '' : ' ');
}
