// The screen of one incident: the bar, the panels as the person's role needs them, the dock.
import { useEffect, useState } from 'react';
import { isOutsider } from '../../../core/incident/topic.ts';
import { type Desk, openDesk } from '../store/desk.ts';
import { jump } from '../store/jump.ts';
import { SCREENS, type ScreenName } from '../store/screens.ts';
import { words } from '../words.ts';
import { Arranged } from './arranged.tsx';
import { useAttention } from './attention.ts';
import { AuthorityBanner } from './authority-banner.tsx';
import { Bar } from './bar.tsx';
import { CatchUp } from './brief.tsx';
import { PlanReader } from './coming-out/reader.tsx';
import { DeadlineStrip } from './deadline-strip.tsx';
import { DeskContext, useDesk, useMyRoles } from './desk-context.ts';
import { Dock } from './dock.tsx';
import { GateStrip } from './gate.tsx';
import { GearNotice, LeakAlarm } from './guard.tsx';
import { useCell } from './hooks.ts';
import { useKey } from './keys.ts';
import { AlarmBanner, TextStrip } from './messages/alarm.tsx';
import { PrimaryCard } from './messages/card.tsx';
import { CHAT, LOG, type Place, PlaceContext, TEXTS } from './place.ts';
import { LockCover, ProofWarning, useMe } from './proof.tsx';
import { QueueStrip } from './queue.tsx';
import { RecordingsBanner } from './recordings.tsx';
import { arranging, useLayout, useScreen } from './screen-choice.ts';
import { ThirdPartyScreen } from './third-party.tsx';
import { UnloggedBanner } from './unlogged.tsx';
import { Voices } from './voices.tsx';
import { Wallboard } from './wallboard.tsx';
import { WindowBanner } from './windows.tsx';

/** The panels as the person arranged them. */
function Panels({ name }: { readonly name: ScreenName }) {
  const [layout, onLayout] = useLayout(name);
  const isArranging = useCell(arranging);
  return <Arranged key={name} screen={SCREENS[name]} layout={layout} isArranging={isArranging} onLayout={onLayout} />;
}

/** Where the place of work is; S leads to the texts, H to the chat. */
function usePlaceOfWork(): Place {
  const [{ shown, wish }, set] = useState({ shown: LOG, wish: 0 });
  const show = (name: string, focus = false) => set((was) => ({ shown: name, wish: focus ? was.wish + 1 : 0 }));
  const isSought = useCell(jump) !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked for in the log is shown there
  useEffect(() => {
    if (isSought) show(LOG);
  }, [isSought]);
  useKey('s', { down: () => show(TEXTS, true) });
  useKey('h', { down: () => show(CHAT, true) });
  return { shown, wish, show };
}

/** Everything that stands over the panels, most urgent first. On a wall only what warns. */
function Banners({ isWall }: { readonly isWall: boolean }) {
  return (
    <>
      <AlarmBanner />
      <QueueStrip />
      <GateStrip />
      <LeakAlarm />
      <ProofWarning />
      <UnloggedBanner />
      <WindowBanner />
      <AuthorityBanner />
      {!isWall && (
        <>
          <DeadlineStrip />
          <TextStrip />
          <PrimaryCard />
          <PlanReader />
          <CatchUp />
          <GearNotice />
          <RecordingsBanner />
        </>
      )}
    </>
  );
}

function Screen({ onHome }: { readonly onHome: () => void }) {
  const name = useScreen();
  const isLocked = useMe()?.standing === 'locked';
  const isJoined = useCell(useDesk().sound.view, (view) => view.isJoined);
  const isWall = SCREENS[name].columns.length === 0;
  useAttention();
  const place = usePlaceOfWork();
  return (
    <PlaceContext value={place}>
      <div className="screen" data-arrangement={name}>
        <Bar onHome={onHome} />
        <div className="boards" data-covered={isLocked || undefined}>
          <Banners isWall={isWall} />
          {isWall ? (
            <div className="panels" inert={isLocked}>
              <Wallboard />
            </div>
          ) : (
            <main className="panels" inert={isLocked}>
              <Panels name={name} />
            </main>
          )}
          {isLocked && <LockCover inCall />}
        </div>
        {/* On a wall there is nothing to press; who is in the call keeps the key that mutes. */}
        {(!isWall || isJoined) && <Dock />}
        <Voices />
      </div>
    </PlaceContext>
  );
}

/** The screen over an open desk: what a person with his roles sees of it. */
export function IncidentScreen({ onHome }: { readonly onHome: () => void }) {
  const desk = useDesk();
  const { is } = useCell(desk.link);
  const isOutside = isOutsider(useMyRoles());
  if (is !== 'shut-out') return isOutside ? <ThirdPartyScreen onHome={onHome} /> : <Screen onHome={onHome} />;
  return (
    <main className="page">
      <h1>{words.shutOut.title}</h1>
      <p>{words.shutOut.why}</p>
      <p>{words.shutOut.next}</p>
      <button type="button" onClick={onHome}>
        {words.bar.home}
      </button>
    </main>
  );
}

/** The whole screen of one incident. */
export function IncidentPage({ incidentId, onHome }: { readonly incidentId: string; readonly onHome: () => void }) {
  const [desk, setDesk] = useState<Desk | null>(null);
  useEffect(() => {
    const opened = openDesk(incidentId);
    setDesk(opened);
    return () => {
      setDesk(null);
      opened.close();
    };
  }, [incidentId]);
  if (desk === null) return null;
  return (
    <DeskContext value={desk}>
      <IncidentScreen onHome={onHome} />
    </DeskContext>
  );
}
