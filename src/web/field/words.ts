// Words that only a paired phone shows, by language; all others are the call page's. Nothing in them tells who is on the other side.

export interface PhoneWords {
  readonly setUp: string;
  readonly setUpHelp: string;
  readonly touch: string;
  readonly touchHelp: string;
  readonly ready: string;
  readonly call: string;
  readonly rings: string;
  readonly answer: string;
  readonly decline: string;
  readonly hears: string;
  readonly talk: string;
  readonly open: string;
  readonly lost: string;
  readonly notSetUp: string;
}

const en: PhoneWords = {
  setUp: 'Set up this phone',
  setUpHelp: 'Press once and allow the microphone. It stays shut until somebody presses a button here.',
  touch: 'Touch here once',
  touchHelp: 'Without one touch this phone cannot ring.',
  ready: 'This phone is ready. It will ring.',
  call: 'Call',
  rings: 'Somebody calls you.',
  answer: 'Answer',
  decline: 'Not now',
  hears: 'You can hear. Nobody hears you.',
  talk: 'Press to talk',
  open: 'MICROPHONE ON: you are heard',
  lost: 'Trying to connect…',
  notSetUp: 'This phone is not set up.',
};

const es: PhoneWords = {
  setUp: 'Preparar este teléfono',
  setUpHelp: 'Pulse una vez y permita el micrófono. Sigue cerrado hasta que alguien pulse un botón aquí.',
  touch: 'Toque aquí una vez',
  touchHelp: 'Sin un toque este teléfono no puede sonar.',
  ready: 'Este teléfono está listo. Va a sonar.',
  call: 'Llamar',
  rings: 'Alguien le llama.',
  answer: 'Contestar',
  decline: 'Ahora no',
  hears: 'Usted oye. Nadie le oye.',
  talk: 'Pulse para hablar',
  open: 'MICRÓFONO ABIERTO: se le oye',
  lost: 'Intentando conectar…',
  notSetUp: 'Este teléfono no está preparado.',
};

const fr: PhoneWords = {
  setUp: 'Préparer ce téléphone',
  setUpHelp: 'Appuyez une fois et autorisez le microphone. Il reste fermé tant que personne n’appuie ici.',
  touch: 'Touchez ici une fois',
  touchHelp: 'Sans un geste, ce téléphone ne peut pas sonner.',
  ready: 'Ce téléphone est prêt. Il va sonner.',
  call: 'Appeler',
  rings: 'Quelqu’un vous appelle.',
  answer: 'Répondre',
  decline: 'Pas maintenant',
  hears: 'Vous entendez. Personne ne vous entend.',
  talk: 'Appuyez pour parler',
  open: 'MICROPHONE OUVERT : on vous entend',
  lost: 'Connexion en cours…',
  notSetUp: 'Ce téléphone n’est pas préparé.',
};

const de: PhoneWords = {
  setUp: 'Dieses Telefon einrichten',
  setUpHelp: 'Einmal drücken und das Mikrofon erlauben. Es bleibt zu, bis hier jemand eine Taste drückt.',
  touch: 'Hier einmal berühren',
  touchHelp: 'Ohne eine Berührung kann dieses Telefon nicht klingeln.',
  ready: 'Dieses Telefon ist bereit. Es wird klingeln.',
  call: 'Anrufen',
  rings: 'Sie werden angerufen.',
  answer: 'Abnehmen',
  decline: 'Jetzt nicht',
  hears: 'Sie können hören. Niemand hört Sie.',
  talk: 'Zum Sprechen drücken',
  open: 'MIKROFON AN: man hört Sie',
  lost: 'Verbindung wird versucht …',
  notSetUp: 'Dieses Telefon ist nicht eingerichtet.',
};

const pt: PhoneWords = {
  setUp: 'Preparar este telefone',
  setUpHelp: 'Toque uma vez e permita o microfone. Fica fechado até alguém tocar num botão aqui.',
  touch: 'Toque aqui uma vez',
  touchHelp: 'Sem um toque este telefone não pode tocar.',
  ready: 'Este telefone está pronto. Vai tocar.',
  call: 'Ligar',
  rings: 'Alguém está a ligar-lhe.',
  answer: 'Atender',
  decline: 'Agora não',
  hears: 'Pode ouvir. Ninguém o ouve.',
  talk: 'Toque para falar',
  open: 'MICROFONE ABERTO: está a ser ouvido',
  lost: 'A tentar ligar…',
  notSetUp: 'Este telefone não está preparado.',
};

const ar: PhoneWords = {
  setUp: 'تجهيز هذا الهاتف',
  setUpHelp: 'اضغط مرة واحدة واسمح بالميكروفون. يبقى مغلقًا حتى يضغط أحد على زر هنا.',
  touch: 'المس هنا مرة واحدة',
  touchHelp: 'لا يستطيع هذا الهاتف الرنين قبل لمسة واحدة.',
  ready: 'هذا الهاتف جاهز وسوف يرن.',
  call: 'اتصال',
  rings: 'هناك من يتصل بك.',
  answer: 'رد',
  decline: 'ليس الآن',
  hears: 'أنت تسمع. لا أحد يسمعك.',
  talk: 'اضغط للتحدث',
  open: 'الميكروفون مفتوح: صوتك مسموع',
  lost: 'جارٍ محاولة الاتصال…',
  notSetUp: 'هذا الهاتف غير مجهز.',
};

const zh: PhoneWords = {
  setUp: '设置这部电话',
  setUpHelp: '按一次并允许使用麦克风。在有人按下按钮之前，麦克风保持关闭。',
  touch: '请触摸一次',
  touchHelp: '未经触摸，这部电话无法响铃。',
  ready: '电话已就绪，会响铃。',
  call: '呼叫',
  rings: '有人给您打电话。',
  answer: '接听',
  decline: '现在不接',
  hears: '您能听到，对方听不到您。',
  talk: '按下说话',
  open: '麦克风已打开：对方能听到您',
  lost: '正在尝试连接…',
  notSetUp: '这部电话尚未设置。',
};

const ru: PhoneWords = {
  setUp: 'Подготовить этот телефон',
  setUpHelp: 'Нажмите один раз и разрешите микрофон. Он закрыт, пока кто-нибудь не нажмёт здесь кнопку.',
  touch: 'Коснитесь здесь один раз',
  touchHelp: 'Без одного касания этот телефон не может звонить.',
  ready: 'Телефон готов. Он зазвонит.',
  call: 'Позвонить',
  rings: 'Вам звонят.',
  answer: 'Ответить',
  decline: 'Не сейчас',
  hears: 'Вы слышите. Вас никто не слышит.',
  talk: 'Нажмите, чтобы говорить',
  open: 'МИКРОФОН ВКЛЮЧЁН: вас слышно',
  lost: 'Попытка соединения…',
  notSetUp: 'Этот телефон не подготовлен.',
};

/** By the call page's codes of languages. */
export const PHONE_WORDS: Readonly<Record<string, PhoneWords>> = { en, es, fr, de, pt, ar, zh, ru };

/** The words of a language that the call page chose. */
export function phoneWords(language: string): PhoneWords {
  return PHONE_WORDS[language] ?? en;
}
