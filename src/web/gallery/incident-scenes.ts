// The scenes of an incident's screen: each a told story, and what of the console differs. Builds nothing that is seen.
import type { Still } from './desks.ts';
import { person, Story } from './story.ts';

/** `press`: names of what is pressed one after the other once the scene stands: keys, tabs, folds. */
export interface IncidentScene {
  readonly story: () => Story;
  readonly still?: Still;
  readonly press?: readonly string[];
  readonly isLocked?: boolean;
}

const MINUTE_MS = 60_000;
const inMinutes = (minutes: number) => Date.now() + minutes * MINUTE_MS;
const ADDRESS = 'https://call.example.org/#q-vOX9DrLwpyXww0tneLqQ2Pjubm9wZQ';
const KNOWN = { links: { line1: { url: ADDRESS, warning: null } } };

const team = (title?: string, exercise?: boolean) =>
  new Story(title, exercise).gives('ben1', 'coach').gives('carla', 'intelligence').leg('person.anna', 'up').leg('person.ben1', 'up');
const brother = 'Brother’s phone';
const call = () => team().live('line1', brother);
const onAir = () => call().anna({ type: 'take-floor' }).note('He says that he has not slept for two days.', 'ben1');
const held = () => onAir().anna({ type: 'hold-line', lineId: 'line1' });
const phone = () => team().line('phone1', 'Throw phone', 'field').knock('phone1').admit('phone1');
const authority = {
  type: 'record-authority',
  basis: 'emergency',
  words: '',
  officer: 'Inspector Frey',
  scope: ['room-monitor', 'open-microphone'],
};
const primaryOnly = () => onAir().gives('ben1', 'leader').takes('anna', 'leader');

const boards = () =>
  onAir()
    .row('demand', 'row-d1', {
      words: 'I want my brother here, and the street empty',
      need: 'to be heard',
      sort: 'negotiable',
      heardBy: 'anna',
    })
    .row('demand', 'row-d2', { words: 'A car', need: '', heardBy: '', sort: 'not-negotiable' })
    .row('deadline', 'row-x1', {
      words: 'Ten minutes, then I turn the gas on',
      dueAt: inMinutes(9),
      whose: 'subject',
      threat: 'opens the gas',
    })
    .row('deadline', 'row-x2', { words: 'Before it gets light', dueAt: inMinutes(-3), whose: 'subject', threat: '' })
    .row('promise', 'row-p1', { what: 'No light on the window', to: 'him', madeBy: 'anna', approvedBy: '', dueAt: inMinutes(20) })
    .row('hook', 'row-h1', { what: 'his daughter Mia', use: 'let him tell about her' })
    .row('request', 'row-r1', { question: 'Does the flat have a second door?', to: 'intelligence', more: '' });

const practice = () => team('Practice call', true).gives('machine-1', 'coach').leg('person.machine-1', 'up');
const practiceCall = () => practice().live('line1', 'Practice').anna({ type: 'take-floor' });

const thirdParty = () => onAir().gives('dai1', 'third-party').leg('person.dai1', 'up');
const windowOpen = () =>
  thirdParty().anna({
    type: 'open-window',
    personId: 'dai1',
    purpose: 'says that the children are safe',
    script: 'Say: we are all right, all three of us.\nDo not ask him to come home.',
    minutes: 5,
  });

/** All scenes by name. */
export const INCIDENT_SCENES: Readonly<Record<string, IncidentScene>> = {
  'line-none': { story: () => new Story(), still: { sound: { isJoined: false, path: 'none', microphone: 'none' } } },
  'line-idle': { story: () => team().line('line1', brother), still: KNOWN },
  'line-idle-this-box': { story: () => team().line('line1', brother, 'link', 'this-box'), still: KNOWN },
  'line-idle-forgotten': { story: () => team().line('line1', brother, 'link', 'this-network') },
  'line-waiting': { story: () => team().line('line1', brother).knock('line1'), still: KNOWN },
  'line-waiting-two': { story: () => onAir().knock('line1', 'device-other') },
  'line-asking': { story: () => team().line('line1', brother).knock('line1').admit('line1') },
  'line-live': { story: call },
  'line-live-floor': { story: onAir },
  'line-held': { story: held },
  'line-lost': {
    story: () => onAir().leg('line.line1', 'lost'),
    still: { signals: { far: {}, legs: { 'line.line1': { state: 'lost', db: -100, lost: 50, recording: true } } } },
  },
  'line-ended-unconfirmed': { story: () => onAir().anna({ type: 'end-line', lineId: 'line1', reason: 'ended by the team' }) },
  'line-ended': {
    story: () => onAir().anna({ type: 'end-line', lineId: 'line1', reason: 'ended by the team' }).leg('line.line1', 'ended'),
    press: ['What happened'],
  },
  'line-closed': {
    story: () => team().line('line1', brother).anna({ type: 'revoke-line', lineId: 'line1', reason: 'revoked by the team' }),
    press: ['Closed lines (1)'],
  },
  'line-two': { story: () => onAir().live('line2', 'The woman in the flat below') },
  'line-bad-sound': {
    story: onAir,
    still: {
      signals: {
        legs: { 'line.line1': { state: 'amber', db: -50, lost: 14, recording: true } },
        far: { line1: { mic: 'dead', foreground: false, battery: 0.08, network: '3g', echo: false } },
      },
    },
  },
  'bar-not-known': { story: onAir, still: { isLoaded: false } },
  'bar-lost': { story: onAir, still: { link: { is: 'lost' }, ageMs: 14_000 } },
  'bar-microphone-denied': { story: onAir, still: { sound: { microphone: 'denied' } } },
  'bar-muted': { story: onAir, still: { sound: { isMuted: true } } },
  'bar-not-recording': {
    story: () =>
      onAir().parley({ type: 'report-alarm', leg: 'line.line1', alarm: 'silent', detail: 'the file has no sound in it', atMs: Date.now() }),
  },
  'bar-log-dead': { story: onAir, still: { signals: { logWritable: false } } },
  'bar-unlogged': {
    story: onAir,
    still: {
      signals: {
        logWritable: false,
        unlogged: [
          { id: `late-${'0'.repeat(32)}`, at: Date.now(), who: person('ben1'), what: 'floor-taken', payload: { personId: 'ben1' } },
        ],
      },
    },
  },
  'bar-shut-out': { story: onAir, still: { link: { is: 'shut-out' } } },
  'bar-outdated': { story: onAir, still: { link: { is: 'outdated' } } },
  'floor-offered': { story: () => onAir().anna({ type: 'offer-floor', personId: 'ben1' }) },
  'floor-offered-me': { story: () => onAir().anna({ type: 'offer-floor', personId: 'ben1' }), still: { me: 'ben1' } },
  'floor-nobody': { story: call, still: { me: 'ben1' } },
  'role-primary': { story: () => primaryOnly().note('Let him tell about his daughter.', 'ben1') },
  'role-coach': { story: onAir, still: { me: 'ben1' } },
  'role-intelligence': { story: onAir, still: { me: 'carla' } },
  'role-none': { story: onAir, still: { me: 'stranger' } },
  'gear-unknown': {
    story: () => onAir().anna({ type: 'tell-gear', output: 'unknown', label: '', by: 'guess', echo: true }),
    still: { sound: { gear: { kind: 'unknown', saidOf: null, microphoneId: '' } } },
  },
  'gear-loudspeaker': {
    story: () =>
      onAir().anna({ type: 'tell-gear', output: 'loudspeaker', label: 'Built-in Audio Analogue Stereo', by: 'guess', echo: true }),
  },
  leak: {
    story: () =>
      onAir().parley({ type: 'report-leak', secret: 'person.ben1', microphone: 'person.anna', likeness: 0.8, delayMs: 22, gainDb: -18 }),
  },
  'authority-running': { story: () => held().anna(authority) },
  'authority-monitor': { story: () => held().anna(authority).anna({ type: 'start-room-monitor', lineId: 'line1' }) },
  'authority-dialog': { story: () => held().anna(authority), press: ['Authority and notice…'] },
  'authority-dialog-empty': { story: held, press: ['Authority and notice…'] },
  'sound-dialog': { story: onAir, press: ['Sound settings'] },
  'invite-dialog': { story: onAir, press: ['Invite people'] },
  'invite-made': { story: onAir, press: ['Invite people', 'Make an invitation'] },
  'roles-dialog': { story: onAir, press: ['Roles'] },
  'close-dialog': { story: () => team(), press: ['This incident…'] },
  'recordings-dialog': { story: onAir, press: ['Recordings'] },
  'recordings-ready': {
    story: () =>
      practiceCall()
        .anna({ type: 'end-line', lineId: 'line1', reason: 'ended by the team' })
        .leg('line.line1', 'ended')
        .parley({
          type: 'report-segment',
          leg: 'line.line1',
          file: 'line.line1/00001.opus',
          startedAtMs: Date.now(),
          durationMs: 60_000,
          bytes: 1_000,
          sha256: 'a'.repeat(64),
          packets: 3_000,
          lostPackets: 0,
          cause: 'ended',
        }),
  },
  'deadline-strip': { story: boards },
  'board-demands': { story: boards, press: ['Deal', 'Demands'] },
  'board-demand-new': { story: boards, press: ['Deal', 'Demands', 'Add a demand'] },
  'board-demand-correct': { story: boards, press: ['Deal', 'Demands', 'Correct'] },
  'board-demand-history': { story: boards, press: ['Deal', 'Demands', 'History'] },
  'board-deadlines': { story: boards, press: ['Deal', 'Deadlines'] },
  'board-deadline-new': { story: boards, press: ['Deal', 'Deadlines', 'Add a deadline'] },
  'board-promises': { story: boards, press: ['Deal', 'Promises'] },
  'board-hooks': { story: boards, press: ['He', 'Hooks'] },
  'board-empty': { story: onAir, press: ['Danger'] },
  'board-requests': { story: boards, press: ['Team', 'Requests'] },
  practice: { story: practiceCall },
  'practice-coach': {
    story: () => practiceCall().anna({ type: 'offer-floor', personId: 'machine-1' }).tell(person('machine-1'), { type: 'accept-floor' }),
  },
  'window-dialog': { story: thirdParty, press: ['Open a window'] },
  'window-open': { story: windowOpen },
  'third-party': { story: windowOpen, still: { me: 'dai1' } },
  'third-party-heard': { story: () => windowOpen().anna({ type: 'give-turn', personId: 'dai1' }), still: { me: 'dai1' } },
  'phone-unpaired': { story: () => team().line('line1', 'Throw phone', 'field'), still: KNOWN },
  'phone-pairing': { story: () => team().line('phone1', 'Throw phone', 'field').knock('phone1') },
  'phone-standby': { story: phone },
  'phone-asked': { story: () => phone().anna({ type: 'ring-phone', lineId: 'phone1' }) },
  'phone-alarms': { story: () => phone().parley({ type: 'report-phone', lineId: 'phone1', alarms: ['hidden', 'battery'] }) },
  'lock-in-call': { story: onAir, isLocked: true },
  closed: { story: () => team().anna({ type: 'close-incident', outcome: 'came out by himself, unhurt' }) },
};
