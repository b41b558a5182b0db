// All words of the call page, by language. Short and plain; nothing in them tells who is on the other side.

/** What the page says in one language. */
export interface Words {
  readonly call: string;
  readonly again: string;
  readonly end: string;
  readonly intro: string;
  readonly microphone: string;
  readonly connecting: string;
  readonly wait: string;
  readonly talk: string;
  readonly held: string;
  readonly lost: string;
  readonly ended: string;
  readonly gone: string;
  readonly denied: string;
  readonly noMicrophone: string;
  readonly retry: string;
  readonly hear: string;
  readonly heard: string;
  readonly notHeard: string;
  readonly incomplete: string;
  readonly old: string;
  readonly cameraAsk: string;
  readonly cameraFront: string;
  readonly cameraBack: string;
  readonly cameraNo: string;
  readonly cameraStarting: string;
  readonly cameraOn: string;
  readonly cameraTurn: string;
  readonly cameraStop: string;
  readonly cameraDenied: string;
  readonly write: string;
  readonly send: string;
  readonly sent: string;
  readonly unsent: string;
}

const en: Words = {
  call: 'Call',
  again: 'Call again',
  end: 'End',
  intro: 'Press the button to talk.',
  microphone: 'Please allow the microphone.',
  connecting: 'Connecting…',
  wait: 'Please wait. You will be connected.',
  talk: 'You are connected. You can talk now.',
  held: 'One moment please.',
  lost: 'The connection is gone. It is coming back by itself. Please stay here.',
  ended: 'The call has ended.',
  gone: 'This link does not work. Please ask for a new one.',
  denied:
    'You cannot be heard: the microphone is not allowed. Open the settings of this page (beside its address), allow the microphone, then press here.',
  noMicrophone: 'You cannot be heard: no microphone works. Close other apps that use it, then press here.',
  retry: 'Try the microphone again',
  hear: 'Press to hear',
  heard: 'Your microphone is on. You can be heard.',
  notHeard: 'Your microphone is not listened to now.',
  incomplete: 'This link is not complete. Please open it again from the message.',
  old: 'This browser cannot make calls. Please open the link in another one.',
  cameraAsk: 'May you be seen? The other side asks for a picture from your camera.',
  cameraFront: 'Yes, show me (front camera)',
  cameraBack: 'Yes, show what is around me (back camera)',
  cameraNo: 'No',
  cameraStarting: 'The camera is starting…',
  cameraOn: 'YOUR CAMERA IS ON. You can be seen.',
  cameraTurn: 'Other camera',
  cameraStop: 'Stop the camera',
  cameraDenied: 'The camera is not allowed. You are not seen. You can go on talking.',
  write: 'Or write here',
  send: 'Send',
  sent: 'Sent',
  unsent: 'Not sent yet',
};

const es: Words = {
  call: 'Llamar',
  again: 'Llamar otra vez',
  end: 'Terminar',
  intro: 'Pulse el botón para hablar.',
  microphone: 'Permita el uso del micrófono, por favor.',
  connecting: 'Conectando…',
  wait: 'Espere, por favor. Le vamos a conectar.',
  talk: 'Está en línea. Ya puede hablar.',
  held: 'Un momento, por favor.',
  lost: 'Se perdió la conexión. Vuelve sola. Por favor, quédese aquí.',
  ended: 'La llamada ha terminado.',
  gone: 'Este enlace no funciona. Por favor, pida uno nuevo.',
  denied:
    'No se le oye: el micrófono no está permitido. Abra los ajustes de esta página (junto a la dirección), permita el micrófono y pulse aquí.',
  noMicrophone: 'No se le oye: ningún micrófono funciona. Cierre otras aplicaciones que lo usen y pulse aquí.',
  retry: 'Probar otra vez el micrófono',
  hear: 'Pulse para oír',
  heard: 'Su micrófono está abierto. Se le puede oír.',
  notHeard: 'Ahora nadie escucha su micrófono.',
  incomplete: 'El enlace no está completo. Ábralo otra vez desde el mensaje.',
  old: 'Este navegador no puede hacer llamadas. Abra el enlace en otro.',
  cameraAsk: '¿Permite que le vean? La otra parte pide una imagen de su cámara.',
  cameraFront: 'Sí, verme a mí (cámara frontal)',
  cameraBack: 'Sí, ver lo que me rodea (cámara trasera)',
  cameraNo: 'No',
  cameraStarting: 'La cámara se está encendiendo…',
  cameraOn: 'SU CÁMARA ESTÁ ENCENDIDA. Le pueden ver.',
  cameraTurn: 'Otra cámara',
  cameraStop: 'Apagar la cámara',
  cameraDenied: 'La cámara no está permitida. No le ven. Puede seguir hablando.',
  write: 'O escriba aquí',
  send: 'Enviar',
  sent: 'Enviado',
  unsent: 'Aún no enviado',
};

const fr: Words = {
  call: 'Appeler',
  again: 'Rappeler',
  end: 'Terminer',
  intro: 'Appuyez sur le bouton pour parler.',
  microphone: 'Veuillez autoriser le microphone.',
  connecting: 'Connexion…',
  wait: 'Veuillez patienter. On vous met en ligne.',
  talk: 'Vous êtes en ligne. Vous pouvez parler.',
  held: 'Un instant, s’il vous plaît.',
  lost: 'La connexion est coupée. Elle revient toute seule. Restez ici, s’il vous plaît.',
  ended: 'L’appel est terminé.',
  gone: 'Ce lien ne fonctionne pas. Veuillez en demander un nouveau.',
  denied:
    'On ne vous entend pas : le microphone n’est pas autorisé. Ouvrez les réglages de cette page (à côté de l’adresse), autorisez le microphone, puis appuyez ici.',
  noMicrophone: 'On ne vous entend pas : aucun microphone ne marche. Fermez les autres applications qui l’utilisent, puis appuyez ici.',
  retry: 'Réessayer le microphone',
  hear: 'Appuyez pour entendre',
  heard: 'Votre microphone est ouvert. On peut vous entendre.',
  notHeard: 'Personne n’écoute votre microphone en ce moment.',
  incomplete: 'Ce lien n’est pas complet. Ouvrez-le de nouveau depuis le message.',
  old: 'Ce navigateur ne peut pas appeler. Ouvrez le lien dans un autre.',
  cameraAsk: 'Acceptez-vous d’être vu ? L’autre côté demande une image de votre caméra.',
  cameraFront: 'Oui, me montrer (caméra avant)',
  cameraBack: 'Oui, montrer autour de moi (caméra arrière)',
  cameraNo: 'Non',
  cameraStarting: 'La caméra démarre…',
  cameraOn: 'VOTRE CAMÉRA EST ALLUMÉE. On peut vous voir.',
  cameraTurn: 'Autre caméra',
  cameraStop: 'Arrêter la caméra',
  cameraDenied: 'La caméra n’est pas autorisée. On ne vous voit pas. Vous pouvez continuer à parler.',
  write: 'Ou écrivez ici',
  send: 'Envoyer',
  sent: 'Envoyé',
  unsent: 'Pas encore envoyé',
};

const de: Words = {
  call: 'Anrufen',
  again: 'Noch einmal anrufen',
  end: 'Auflegen',
  intro: 'Zum Sprechen die Taste drücken.',
  microphone: 'Bitte das Mikrofon erlauben.',
  connecting: 'Verbindung wird aufgebaut …',
  wait: 'Bitte warten. Sie werden verbunden.',
  talk: 'Sie sind verbunden. Sie können jetzt sprechen.',
  held: 'Einen Moment bitte.',
  lost: 'Die Verbindung ist weg. Sie kommt von selbst wieder. Bitte hier bleiben.',
  ended: 'Der Anruf ist beendet.',
  gone: 'Dieser Link funktioniert nicht. Bitte einen neuen geben lassen.',
  denied:
    'Man hört Sie nicht: Das Mikrofon ist nicht erlaubt. Öffnen Sie die Einstellungen dieser Seite (neben der Adresse), erlauben Sie das Mikrofon und drücken Sie dann hier.',
  noMicrophone: 'Man hört Sie nicht: Kein Mikrofon geht. Schließen Sie andere Apps, die es benutzen, und drücken Sie dann hier.',
  retry: 'Mikrofon noch einmal versuchen',
  hear: 'Zum Hören drücken',
  heard: 'Ihr Mikrofon ist an. Man kann Sie hören.',
  notHeard: 'Ihr Mikrofon wird jetzt von niemandem gehört.',
  incomplete: 'Der Link ist nicht vollständig. Bitte noch einmal aus der Nachricht öffnen.',
  old: 'Dieser Browser kann nicht anrufen. Bitte den Link in einem anderen öffnen.',
  cameraAsk: 'Darf man Sie sehen? Die andere Seite bittet um ein Bild Ihrer Kamera.',
  cameraFront: 'Ja, mich zeigen (vordere Kamera)',
  cameraBack: 'Ja, meine Umgebung zeigen (hintere Kamera)',
  cameraNo: 'Nein',
  cameraStarting: 'Die Kamera startet…',
  cameraOn: 'IHRE KAMERA IST AN. Man kann Sie sehen.',
  cameraTurn: 'Andere Kamera',
  cameraStop: 'Kamera ausschalten',
  cameraDenied: 'Die Kamera ist nicht erlaubt. Man sieht Sie nicht. Sie können weiter sprechen.',
  write: 'Oder hier schreiben',
  send: 'Senden',
  sent: 'Gesendet',
  unsent: 'Noch nicht gesendet',
};

const pt: Words = {
  call: 'Ligar',
  again: 'Ligar de novo',
  end: 'Desligar',
  intro: 'Toque no botão para falar.',
  microphone: 'Por favor, permita o microfone.',
  connecting: 'A ligar…',
  wait: 'Aguarde, por favor. Vai ser ligado.',
  talk: 'A ligação está feita. Já pode falar.',
  held: 'Um momento, por favor.',
  lost: 'A ligação caiu. Volta sozinha. Por favor, fique aqui.',
  ended: 'A chamada terminou.',
  gone: 'Este link não funciona. Por favor, peça um novo.',
  denied:
    'Não se ouve a sua voz: o microfone não está permitido. Abra as definições desta página (ao lado do endereço), permita o microfone e toque aqui.',
  noMicrophone: 'Não se ouve a sua voz: nenhum microfone funciona. Feche outras aplicações que o usem e toque aqui.',
  retry: 'Tentar o microfone de novo',
  hear: 'Toque para ouvir',
  heard: 'O seu microfone está ligado. Pode ser ouvido.',
  notHeard: 'Agora ninguém ouve o seu microfone.',
  incomplete: 'Este link não está completo. Abra-o de novo a partir da mensagem.',
  old: 'Este navegador não faz chamadas. Abra o link noutro navegador.',
  cameraAsk: 'Permite que o vejam? O outro lado pede uma imagem da sua câmera.',
  cameraFront: 'Sim, mostrar-me (câmera frontal)',
  cameraBack: 'Sim, mostrar o que está à minha volta (câmera traseira)',
  cameraNo: 'Não',
  cameraStarting: 'A câmera está a ligar…',
  cameraOn: 'A SUA CÂMERA ESTÁ LIGADA. Podem vê-lo.',
  cameraTurn: 'Outra câmera',
  cameraStop: 'Desligar a câmera',
  cameraDenied: 'A câmera não está permitida. Não o veem. Pode continuar a falar.',
  write: 'Ou escreva aqui',
  send: 'Enviar',
  sent: 'Enviado',
  unsent: 'Ainda não enviado',
};

const ar: Words = {
  call: 'اتصال',
  again: 'اتصل مرة أخرى',
  end: 'إنهاء',
  intro: 'اضغط على الزر للتحدث.',
  microphone: 'يرجى السماح باستخدام الميكروفون.',
  connecting: 'جارٍ الاتصال…',
  wait: 'يرجى الانتظار. سيتم توصيلك.',
  talk: 'أنت متصل. يمكنك التحدث الآن.',
  held: 'لحظة من فضلك.',
  lost: 'انقطع الاتصال وسيعود من تلقاء نفسه. يرجى البقاء هنا.',
  ended: 'انتهت المكالمة.',
  gone: 'هذا الرابط لا يعمل. يرجى طلب رابط جديد.',
  denied: 'لا يُسمع صوتك: الميكروفون غير مسموح به. افتح إعدادات هذه الصفحة (بجانب العنوان) واسمح بالميكروفون ثم اضغط هنا.',
  noMicrophone: 'لا يُسمع صوتك: لا يعمل أي ميكروفون. أغلق التطبيقات الأخرى التي تستخدمه ثم اضغط هنا.',
  retry: 'جرّب الميكروفون مرة أخرى',
  hear: 'اضغط لتسمع',
  heard: 'الميكروفون مفتوح. يمكن سماعك.',
  notHeard: 'لا أحد يستمع إلى الميكروفون الآن.',
  incomplete: 'هذا الرابط غير مكتمل. يرجى فتحه مرة أخرى من الرسالة.',
  old: 'لا يمكن لهذا المتصفح إجراء المكالمات. يرجى فتح الرابط في متصفح آخر.',
  cameraAsk: 'هل تسمح بأن يراك الطرف الآخر؟ يطلب صورة من كاميرتك.',
  cameraFront: 'نعم، أظهرني (الكاميرا الأمامية)',
  cameraBack: 'نعم، أظهر ما حولي (الكاميرا الخلفية)',
  cameraNo: 'لا',
  cameraStarting: 'يتم تشغيل الكاميرا…',
  cameraOn: 'كاميرتك تعمل الآن. يمكن رؤيتك.',
  cameraTurn: 'الكاميرا الأخرى',
  cameraStop: 'أوقف الكاميرا',
  cameraDenied: 'الكاميرا غير مسموح بها. لا يراك أحد. يمكنك متابعة الكلام.',
  write: 'أو اكتب هنا',
  send: 'إرسال',
  sent: 'تم الإرسال',
  unsent: 'لم يُرسل بعد',
};

const zh: Words = {
  call: '呼叫',
  again: '再次呼叫',
  end: '结束',
  intro: '按下按钮即可通话。',
  microphone: '请允许使用麦克风。',
  connecting: '正在连接…',
  wait: '请稍候，马上为您接通。',
  talk: '已接通，您现在可以说话。',
  held: '请稍等片刻。',
  lost: '连接中断，正在自动恢复。请不要离开。',
  ended: '通话已结束。',
  gone: '此链接无效。请索取新的链接。',
  denied: '对方听不到您：麦克风未被允许。请打开本页面的设置（在地址旁边），允许使用麦克风，然后按这里。',
  noMicrophone: '对方听不到您：没有可用的麦克风。请关闭其他正在使用麦克风的应用，然后按这里。',
  retry: '重试麦克风',
  hear: '按此收听',
  heard: '您的麦克风已打开，对方可以听到您。',
  notHeard: '现在没有人在听您的麦克风。',
  incomplete: '链接不完整。请从消息中重新打开。',
  old: '此浏览器无法通话。请用其他浏览器打开链接。',
  cameraAsk: '可以让对方看到您吗？对方请求看到您的摄像头画面。',
  cameraFront: '可以，拍我（前置摄像头）',
  cameraBack: '可以，拍周围（后置摄像头）',
  cameraNo: '不',
  cameraStarting: '摄像头正在打开…',
  cameraOn: '您的摄像头已打开。对方可以看到您。',
  cameraTurn: '换另一个摄像头',
  cameraStop: '关闭摄像头',
  cameraDenied: '摄像头未被允许。对方看不到您。您可以继续通话。',
  write: '也可以在这里写',
  send: '发送',
  sent: '已发送',
  unsent: '尚未发送',
};

const ru: Words = {
  call: 'Позвонить',
  again: 'Позвонить ещё раз',
  end: 'Завершить',
  intro: 'Нажмите кнопку, чтобы говорить.',
  microphone: 'Пожалуйста, разрешите микрофон.',
  connecting: 'Соединение…',
  wait: 'Пожалуйста, подождите. Вас соединят.',
  talk: 'Вы на связи. Можно говорить.',
  held: 'Одну минуту, пожалуйста.',
  lost: 'Связь прервалась. Она восстановится сама. Пожалуйста, оставайтесь здесь.',
  ended: 'Разговор завершён.',
  gone: 'Эта ссылка не работает. Пожалуйста, попросите новую.',
  denied: 'Вас не слышно: микрофон не разрешён. Откройте настройки этой страницы (рядом с адресом), разрешите микрофон и нажмите здесь.',
  noMicrophone: 'Вас не слышно: микрофон не работает. Закройте другие приложения, которые его используют, и нажмите здесь.',
  retry: 'Попробовать микрофон ещё раз',
  hear: 'Нажмите, чтобы слышать',
  heard: 'Ваш микрофон включён. Вас могут слышать.',
  notHeard: 'Сейчас ваш микрофон никто не слушает.',
  incomplete: 'Ссылка неполная. Пожалуйста, откройте её ещё раз из сообщения.',
  old: 'Этот браузер не может звонить. Откройте ссылку в другом браузере.',
  cameraAsk: 'Можно вас видеть? Другая сторона просит изображение с вашей камеры.',
  cameraFront: 'Да, показать меня (передняя камера)',
  cameraBack: 'Да, показать, что вокруг (задняя камера)',
  cameraNo: 'Нет',
  cameraStarting: 'Камера включается…',
  cameraOn: 'ВАША КАМЕРА ВКЛЮЧЕНА. Вас видно.',
  cameraTurn: 'Другая камера',
  cameraStop: 'Выключить камеру',
  cameraDenied: 'Камера не разрешена. Вас не видно. Можете говорить дальше.',
  write: 'Или напишите здесь',
  send: 'Отправить',
  sent: 'Отправлено',
  unsent: 'Ещё не отправлено',
};

export const LANGUAGES: Readonly<Record<string, Words>> = { en, es, fr, de, pt, ar, zh, ru };
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

/** The words for the first wished language that there is, else English. `wished`: as `navigator.languages`. */
export function chooseWords(wished: readonly string[]): {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly words: Words;
} {
  const language = wished.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((tag) => LANGUAGES[tag] !== undefined) ?? 'en';
  return { language, direction: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr', words: LANGUAGES[language] ?? en };
}
