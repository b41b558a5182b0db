// The plan of a place in its row: the way to hand it in, and the way to open it. A plan is loaded only when somebody opens it.
import { useState } from 'react';
import type { Row } from '../../../../core/incident/board.ts';
import { type Place, pinsOn } from '../../../../core/incident/places.ts';
import { sendFile } from '../../store/http.ts';
import { planMapWords as w } from '../../words/places.ts';
import type { Fields } from '../board/kind.ts';
import { useDesk, useIncident, useMyId } from '../desk-context.ts';
import { useAsk } from '../hooks.ts';
import { Refused } from '../said.tsx';
import { mayWritePlaces } from './may-write.ts';
import { PlanDialog } from './plan-dialog.tsx';

function GivePlan({ place }: { readonly place: Place }) {
  const desk = useDesk();
  const { run, refusal } = useAsk(desk);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ readonly why: string; readonly next: string } | null>(null);
  const send = async (file: File) => {
    setBusy(true);
    setTrouble(null);
    const answer = await sendFile(desk.incidentId, file);
    if (answer.is === 'done')
      await run({ type: 'correct-place', rowId: place.id, fields: { plan: answer.value.uploadId }, note: '' }, true);
    else setTrouble((answer.is === 'refused' ? answer.refusal : null) ?? w.noAnswer);
    setBusy(false);
  };
  return (
    <>
      <label className="row">
        {isBusy ? w.sending : w.givePlan}
        <input
          type="file"
          disabled={isBusy}
          title={w.types}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file !== undefined) void send(file);
          }}
        />
      </label>
      <Refused refusal={trouble ?? refusal} />
    </>
  );
}

/** What stands in the row of a place beside its words. */
export function PlacePlan({ row }: { readonly row: Row<Fields> }) {
  const state = useIncident();
  const mayWrite = mayWritePlaces(state, useMyId());
  const place = state.places[row.id];
  const [isOpen, setOpen] = useState(false);
  if (place === undefined || place.withdrawn) return null;
  const upload = state.uploads[place.fields.plan];
  if (upload?.view == null) return mayWrite ? <GivePlan place={place} /> : null;
  return (
    <div className="row-fact">
      <button type="button" className="quiet small" onClick={() => setOpen(true)}>
        {w.open(pinsOn(state, place.id).length)}
      </button>
      {isOpen && <PlanDialog place={place} upload={{ ...upload, view: upload.view }} mayWrite={mayWrite} onClose={() => setOpen(false)} />}
    </div>
  );
}
