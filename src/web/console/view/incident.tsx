// The screen of one incident: the bar, the panels as the person's role needs them, the dock.
import { useEffect, useState } from 'react';
import { isOutsider, type Role } from '../../../core/incident/topic.ts';
import { type Desk, openDesk } from '../store/desk.ts';
import { words } from '../words.ts';
import { useAttention } from './attention.ts';
import { AuthorityBanner } from './authority-banner.tsx';
import { Bar } from './bar.tsx';
import { DeadlineStrip } from './deadline-strip.tsx';
import { DeskContext, useDesk, useMyRoles } from './desk-context.ts';
import { Dock } from './dock.tsx';
import { GearNotice, LeakAlarm } from './guard.tsx';
import { useCell } from './hooks.ts';
import { useKey } from './keys.ts';
import { Lines } from './lines.tsx';
import { AlarmBanner, TextStrip } from './messages/alarm.tsx';
import { PrimaryCard } from './messages/card.tsx';
import { People } from './people.tsx';
import { CHAT, LOG, type Place, PlaceContext, TEXTS } from './place.ts';
import { LockCover, ProofWarning, useMe } from './proof.tsx';
import { RecordingsBanner } from './recordings.tsx';
import { ThirdPartyScreen } from './third-party.tsx';
import { UnloggedBanner } from './unlogged.tsx';
import { Voices } from './voices.tsx';
import { WindowBanner } from './windows.tsx';
import { Work } from './work.tsx';

type Arrangement = 'leader' | 'primary' | 'coach' | 'desk';

/** Who leads needs everything, whatever else he is; who only talks needs little. */
function arrangementFor(roles: readonly Role[]): Arrangement {
  if (roles.includes('leader')) return 'leader';
  if (roles.includes('primary')) return 'primary';
  return roles.includes('coach') ? 'coach' : 'desk';
}

/** Where the place of work is; S leads to the texts, H to the chat. */
function usePlaceOfWork(): Place {
  const [{ shown, wish }, set] = useState({ shown: LOG, wish: 0 });
  const show = (name: string, focus = false) => set((was) => ({ shown: name, wish: focus ? was.wish + 1 : 0 }));
  useKey('s', { down: () => show(TEXTS, true) });
  useKey('h', { down: () => show(CHAT, true) });
  return { shown, wish, show };
}

function Screen({ onHome }: { readonly onHome: () => void }) {
  const arrangement = arrangementFor(useMyRoles());
  const isLocked = useMe()?.standing === 'locked';
  useAttention();
  const place = usePlaceOfWork();
  return (
    <PlaceContext value={place}>
      <div className="screen" data-arrangement={arrangement}>
        <Bar onHome={onHome} />
        <div className="boards" data-covered={isLocked || undefined}>
          <AlarmBanner />
          <LeakAlarm />
          <ProofWarning />
          <UnloggedBanner />
          <WindowBanner />
          <AuthorityBanner />
          <DeadlineStrip />
          <TextStrip />
          <PrimaryCard />
          <GearNotice />
          <RecordingsBanner />
          <main className="panels" inert={isLocked}>
            <Lines />
            <People />
            <Work key={arrangement} first={arrangement === 'primary' ? 'notes' : 'main'} />
          </main>
          {isLocked && <LockCover inCall />}
        </div>
        <Dock />
        <Voices />
      </div>
    </PlaceContext>
  );
}

function Gate({ onHome }: { readonly onHome: () => void }) {
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
      <Gate onHome={onHome} />
    </DeskContext>
  );
}
