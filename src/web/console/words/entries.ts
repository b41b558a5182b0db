// One sentence for every type of entry in the log. No logic but putting words together.
import { ownerOfCamera, viewerOfLeg } from '../../../core/incident/cameras.ts';
import type { EntryBody } from '../../../core/incident/topics.ts';
import { deviceText } from '../store/device.ts';
import type { Names } from '../store/names.ts';
import { alarmWords, basisWords, channelWords, lineStateWords, outcomeWords, outputWords, roleWords, scopeWords } from '../words.ts';
import { boardsSentences } from './boards.ts';
import { commandSentences } from './command.ts';
import { messageSentences } from './messages.ts';
import { phone } from './phone.ts';
import { queueSentences } from './queue.ts';
import { type Sentence, say } from './say.ts';

type EntrySentences = { readonly [E in EntryBody as E['type']]: (payload: E['payload'], names: Names) => Sentence };

/** One sentence for every type of entry. A type that is forgotten here does not compile. */
export const entrySentences: EntrySentences = {
  'incident-opened': (p) => (p.exercise ? say`opened the exercise ${p.title}` : say`opened the incident ${p.title}`),
  'closing-begun': (p) => say`began to close the incident: ${p.outcome}`,
  'incident-closed': (p) =>
    p.recordings === 'unfinished'
      ? say`closed the incident; some recordings could not be finished: ${p.why ?? ''}`
      : say`closed the incident: ${p.outcome}`,
  'role-assigned': (p) => [...say`gave ${p.name} the role: `, roleWords[p.role]],
  'lead-taken': (p) => say`took the lead: ${p.why ?? ''}`,
  'role-dropped': (p, names) => [...say`took from ${names.person(p.personId)} the role: `, roleWords[p.role]],
  'no-talk-set': (p, names) =>
    p.noTalk ? say`made ${names.person(p.personId)} a listener only` : say`let ${names.person(p.personId)} speak again`,
  'link-issued': (p, names) => say`made a link for ${names.line(p.lineId)}`,
  'device-knocked': (p, names) => say`opened the link of ${names.line(p.lineId)} and waits (${deviceText(p.describes)})`,
  'device-admitted': (p, names) => say`let the device in on ${names.line(p.lineId)}`,
  'device-left': (p, names) => say`→ a device that waited on ${names.line(p.lineId)} went away`,
  'device-refused': (p, names) => say`refused a device on ${names.line(p.lineId)}`,
  'line-changed': (p, names) => [...say`→ ${names.line(p.lineId)}: `, lineStateWords[p.to], ...say` (${p.cause})`],
  'line-confirmed-silent': (p, names) => say`→ ${names.line(p.lineId)}: the end is confirmed, nobody hears there`,
  'phone-rung': (p, names) => say`asked the phone of ${names.line(p.lineId)} to ring`,
  'ring-ended': (p, names) => [...say`→ ${names.line(p.lineId)}: `, outcomeWords[p.outcome]],
  'ring-answered': (p, names) => [...say`→ ${names.line(p.lineId)}: `, phone.answeredBy[p.by]],
  'phone-called': (p, names) => say`calls from the phone of ${names.line(p.lineId)}`,
  'answers-itself-set': (p, names) =>
    p.on
      ? say`let the phone of ${names.line(p.lineId)} answer by itself`
      : say`no longer lets the phone of ${names.line(p.lineId)} answer by itself`,
  'phone-mic-opened': (p, names) => [...say`→ ${names.line(p.lineId)}: `, phone.microphone[p.by]],
  'loudhailer-opened': (p, names) => say`opened the loudhailer of ${names.line(p.lineId)} for the voice of ${names.person(p.speaker)}`,
  'loudhailer-closed': (p, names) => say`→ loudhailer of ${names.line(p.lineId)} closed (${p.cause})`,
  'phone-reported': (p, names) =>
    p.alarms.length === 0
      ? say`→ the phone of ${names.line(p.lineId)} is well again`
      : [...say`→ the phone of ${names.line(p.lineId)}: `, p.alarms.map((alarm) => alarmWords[alarm]).join('; ')],
  'floor-taken': () => ['took the floor'],
  'floor-asked': () => ['asks for the floor'],
  'floor-offered': (p, names) => say`offered the floor to ${names.person(p.personId)}`,
  'floor-offer-ended': () => ['ended the offer of the floor'],
  'floor-passed': (p, names) => say`accepted the floor from ${names.person(p.from)}`,
  'floor-emptied': (p) => say`→ the floor is empty: ${p.cause}`,
  'turn-given': (p, names) => say`gave the floor to ${names.person(p.to)} for one turn`,
  'turn-returned': (p, names) => say`→ ${names.person(p.to)} has the floor again: ${p.cause}`,
  'window-opened': (p, names) => say`opened a window for ${names.person(p.personId)}, ${String(p.minutes)} min: ${p.purpose}`,
  'window-closed': (p, names) => say`→ the window of ${names.person(p.personId)} is closed: ${p.cause}`,
  'mic-opened': (p) => ['speaks on ', channelWords[p.channel]],
  'mic-closed': (p, names) => say`→ microphone of ${names.person(p.personId)} closed (${p.cause})`,
  'leg-changed': (p, names) => [
    ownerOfCamera(p.leg) !== null ? '→ picture of ' : viewerOfLeg(p.leg) !== null ? '→ view of ' : '→ sound of ',
    ...say`${names.leg(p.leg)}: ${p.state} (${p.cause})`,
  ],
  'recording-started': (p, names) => say`→ recording of ${names.leg(p.leg)} began`,
  'segment-closed': (p, names) => [...say`→ recording of ${names.leg(p.leg)}: a file is whole, `, `${Math.round(p.durationMs / 1000)} s`],
  'digest-taken': (p) => [`→ recordings were sealed: ${p.segments.length} open`],
  'recording-alarmed': (p, names) => say`→ RECORDING ALARM, ${names.leg(p.leg)}: ${p.alarm} (${p.detail})`,
  'recording-alarm-cleared': (p, names) => say`→ recording of ${names.leg(p.leg)} is well again (${p.alarm})`,
  'notice-set': (p) => [`set the notice to the far end (${p.language}): `, ...(p.text === '' ? ['back to the template'] : say`${p.text}`)],
  'notice-given': (p, names) => say`→ ${names.line(p.lineId)} was shown: ${p.text}`,
  'authority-recorded': (p) => [
    ...say`recorded an authority of ${p.officer} for `,
    p.scope.map((one) => scopeWords[one]).join(', '),
    ` (${basisWords[p.basis]})`,
    ...(p.words === '' ? [] : say`: ${p.words}`),
  ],
  'order-obtained': (p) => say`recorded the order ${p.order.number}: ${p.order.text}`,
  'authority-stopped': (p) => say`stopped an authority: ${p.reason}`,
  'authority-lapsed': () => ['→ AN AUTHORITY RAN OUT: nothing more is opened under it'],
  'room-monitor-started': (p, names) => say`turned room monitor ON at ${names.line(p.lineId)}`,
  'room-monitor-stopped': (p, names) => say`→ room monitor is off at ${names.line(p.lineId)} (${p.cause})`,
  'gear-told': (p) => [
    `hears with: ${outputWords[p.output]}${p.by === 'guess' ? ' (guessed)' : ''}`,
    ...(p.label === '' ? [] : say` (${p.label})`),
    `, echo cancellation ${p.echo ? 'on' : 'off'}`,
  ],
  'loudspeaker-confirmed': () => ['confirmed the loudspeaker: no open microphone hears it'],
  'leak-tested': (p) => [p.passed ? 'passed the leak test' : 'FAILED THE LEAK TEST', ` (${p.levelDb} dB, before ${p.beforeDb} dB)`],
  'leak-suspected': (p, names) => [
    ...say`→ SOUND LEAKS: microphone of ${names.leg(p.microphone)} carries the voice of ${names.leg(p.secret)}`,
    ` (${Math.round(p.gainDb)} dB, ${p.delayMs} ms later, likeness ${p.likeness})`,
  ],
  'leak-cleared': (p, names) =>
    say`→ no leak any more of ${names.leg(p.secret)} at the microphone of ${names.leg(p.microphone)} (${p.cause})`,
  'line-echo-set': (p, names) => [...say`→ ${names.line(p.lineId)}: echo cancellation `, p.on ? 'on' : 'off'],
  'recording-read': (p, names) =>
    p.how === 'file'
      ? say`read the recording ${p.file} of ${names.leg(p.leg)}`
      : [...say`heard ${names.leg(p.leg)} again: `, `${Math.round((p.toMs - p.fromMs) / 1000)} s`],
  'camera-asked': (p, names) => say`asked for a picture on ${names.line(p.lineId)}`,
  'camera-allowed': () => ['agreed to be seen'],
  'camera-declined': () => ['does not want to be seen'],
  'camera-stopped': (p, names) => say`→ no picture of ${names.line(p.lineId)} any more: ${p.cause}`,
  'scene-camera-started': (p, names) => say`→ scene camera of ${names.person(p.personId)} is on`,
  'scene-camera-stopped': (p, names) => say`→ scene camera of ${names.person(p.personId)} is off`,
  'note-written': (p) => [
    ...(p.seenAt === undefined ? [] : [`(${new Date(p.seenAt).toLocaleTimeString([], { hour12: false })}) `]),
    { said: p.text },
  ],
  ...messageSentences,
  ...boardsSentences,
  ...commandSentences,
  ...queueSentences,
  'entered-late': (p, names) => [
    `→ entered late, it was at ${new Date(p.at).toLocaleTimeString([], { hour12: false })}: `,
    ...(p.who.kind === 'person' ? say`${p.who.name} ` : []),
    ...sentenceOf(p.what, p.payload, names),
  ],
};

/** The sentence for an entry of any type. */
export function sentenceOf(type: string, payload: unknown, names: Names): Sentence {
  const known = Object.hasOwn(entrySentences, type) ? entrySentences[type as keyof EntrySentences] : undefined;
  return known === undefined ? unknownEntry(type) : known(payload as never, names);
}

/** The sentence for an entry of a type that this page does not know. */
export function unknownEntry(type: string): Sentence {
  return say`an entry of a newer kind: ${type}`;
}
