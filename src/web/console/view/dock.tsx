// The bar for the hand: join, mute, take the floor, talk. Always in the same place.
import { useId, useState } from 'react';
import { type Channel, MAY_SPEAK } from '../../../core/incident/voice.ts';
import { rememberedGear } from '../store/remembered.ts';
import { FIRST_GEAR, type Gear } from '../store/sound.ts';
import { talkWords, words } from '../words.ts';
import { useDesk, useIncident, useMe, useMyId } from './desk-context.ts';
import { FloorActs } from './floor.tsx';
import { HandOver } from './hand-over.tsx';
import { Help, KeyCap, TalkButton } from './held.tsx';
import { useCell } from './hooks.ts';
import { useKey } from './keys.ts';
import { Refused } from './said.tsx';
import { useScreen } from './screen-choice.ts';
import { SeatActs } from './seats.tsx';
import { SoundSettings } from './sound-settings.tsx';

const CHANNELS: readonly Channel[] = ['ear', 'table', 'tactical', 'command'];
const LETTERS: Readonly<Record<Channel, string>> = { ear: 'E', table: 'T', tactical: 'X', command: 'C' };

function MuteButton() {
  const { sound } = useDesk();
  const isMuted = useCell(sound.view, (view) => view.isMuted);
  const helpId = useId();
  const turn = () => sound.mute(!isMuted);
  useKey('m', { down: turn });
  return (
    <button type="button" aria-describedby={helpId} aria-pressed={isMuted} className={isMuted ? 'mute is-muted' : 'mute'} onClick={turn}>
      <span className="held-name">
        {words.sound.mute} <KeyCap letter="M" />
      </span>
      <Help id={helpId}>{isMuted ? words.sound.mutedNow : words.sound.unmutedNow}</Help>
    </button>
  );
}

function SoundActs() {
  const { sound } = useDesk();
  const isJoined = useCell(sound.view, (view) => view.isJoined);
  const helpId = useId();
  const [isSetting, setSetting] = useState(false);
  const [gear, setGear] = useState<Gear>(() => rememberedGear() ?? FIRST_GEAR);
  return (
    <div className="dock-group">
      {isJoined ? (
        <MuteButton />
      ) : (
        <button type="button" className="primary join" aria-describedby={helpId} onClick={() => sound.join(gear)}>
          <span className="held-name">{words.sound.join}</span>
          <Help id={helpId}>{gear.kind === 'unknown' ? words.sound.joinHelp : words.sound.kinds[gear.kind]}</Help>
        </button>
      )}
      <button type="button" className="quiet" onClick={() => setSetting(true)}>
        {words.sound.settings}
      </button>
      {isSetting && <SoundSettings gear={gear} onGear={setGear} onClose={() => setSetting(false)} />}
    </div>
  );
}

function ChannelButton({ channel }: { readonly channel: Channel }) {
  const { talk } = useDesk();
  const { held, isAnswered } = useCell(talk.view);
  const isOpen = useIncident().voice[useMyId()] === channel;
  const w = words.talk;
  const help = isOpen ? w.open : held !== channel ? w.hold : isAnswered ? w.cut : w.asking;
  return (
    <TalkButton
      name={talkWords[channel]}
      letter={LETTERS[channel]}
      className={`talk-${channel}`}
      help={help}
      isOpen={isOpen}
      onDown={() => talk.press(channel)}
      onUp={() => talk.release()}
    />
  );
}

function TalkActs() {
  const { talk } = useDesk();
  const me = useMe();
  const refused = useCell(talk.view, (view) => view.refused);
  const { exercise } = useIncident().incident;
  if (me === undefined || me.noTalk) return null;
  const mine = CHANNELS.filter((channel) => me.roles.some((role) => MAY_SPEAK[channel].includes(role) && (role !== 'trainer' || exercise)));
  if (mine.length === 0) return null;
  return (
    <div className="dock-group talks">
      {mine.map((channel) => (
        <ChannelButton key={channel} channel={channel} />
      ))}
      <Refused refusal={refused?.refusal ?? null} />
    </div>
  );
}

/** On a phone the people are far below: who leads has the key at hand as soon as there is somebody to hand over to. */
function HandOverActs() {
  const { people } = useIncident();
  const isPhone = useScreen() === 'phone';
  const isLeader = useMe()?.roles.includes('leader') ?? false;
  if (!isPhone || !isLeader || Object.keys(people).length < 2) return null;
  return (
    <div className="dock-group hand">
      <HandOver />
    </div>
  );
}

export function Dock() {
  const refused = useCell(useDesk().sound.view, (view) => view.refused);
  return (
    <footer className="dock">
      <SoundActs />
      <FloorActs />
      <SeatActs />
      <TalkActs />
      <HandOverActs />
      {refused !== null && <Refused refusal={refused} />}
    </footer>
  );
}
