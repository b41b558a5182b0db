// The plan of a place over the screen: its picture with pins, beside it what each pin is. Pins move when the log says so.
import { useState } from 'react';
import type { Confidence } from '../../../../core/incident/board.ts';
import { type Pin, type Place, pinsOn } from '../../../../core/incident/places.ts';
import type { Upload } from '../../../../core/incident/uploads.ts';
import { newRowId } from '../../store/row-id.ts';
import type { Spot } from '../../store/spot.ts';
import { boardWords, confidenceWords, timeText } from '../../words/board.ts';
import { pinWords, planMapWords as w } from '../../words/places.ts';
import { emptyFields, FieldsForm } from '../board/form.tsx';
import type { Fields } from '../board/kind.ts';
import { pinsView } from '../board/pins.ts';
import { asAsk, authorText, Basis, CorrectDialog, HistoryDialog } from '../board/row-dialogs.tsx';
import { useDesk, useIncident } from '../desk-context.ts';
import { Dialog } from '../dialog.tsx';
import { clockText, useAsk } from '../hooks.ts';
import { Refused, Said } from '../said.tsx';
import { PlanMap } from './plan-map.tsx';

const MIDDLE: Spot = { x: 500, y: 500 };

interface NewPinProps {
  readonly place: Place;
  readonly spot: Spot;
  readonly onDone: () => void;
}

function NewPin({ place, spot, onDone }: NewPinProps) {
  const { run, isBusy, refusal } = useAsk(useDesk());
  const [fields, setFields] = useState<Fields>(() => emptyFields(pinsView));
  const [source, setSource] = useState('');
  const [confidence, setConfidence] = useState<Confidence>('likely');
  const [rowId] = useState(newRowId);
  const save = async () => {
    const whole = { ...fields, place: place.id, ...spot };
    const answer = await run(asAsk({ type: 'add-pin', rowId, fields: whole, source, confidence }), true);
    if (typeof answer === 'object' && 'seq' in answer) onDone();
  };
  return (
    <form
      className="row-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className="soft">{w.setHelp}</p>
      <FieldsForm view={pinsView} fields={fields} onChange={setFields} />
      <Basis source={source} confidence={confidence} onSource={setSource} onConfidence={setConfidence} />
      <div className="row">
        <button type="submit" className="primary" aria-busy={isBusy}>
          {w.put}
        </button>
        <button type="button" className="quiet" onClick={onDone}>
          {w.leave}
        </button>
      </div>
      <Refused refusal={refusal} />
    </form>
  );
}

function PinLine({ pin, number, mayWrite }: { readonly pin: Pin; readonly number: number; readonly mayWrite: boolean }) {
  const [dialog, setDialog] = useState<'correct' | 'history' | null>(null);
  const { label, kind, seenAt, more } = pin.fields;
  const row = pin as Parameters<typeof HistoryDialog>[0]['row'];
  return (
    <li className="plan-pin-line" data-pin={pin.id}>
      <strong>
        {number}. <Said text={label} />
      </strong>{' '}
      <span className="tag">{pinWords.choices?.kind?.[kind] ?? kind}</span>
      {more !== '' && (
        <p className="row-fact">
          <Said text={more} />
        </p>
      )}
      <p className="row-basis soft">
        {seenAt !== null && <span>{w.at(timeText(seenAt))}</span>}
        <span>{confidenceWords[pin.confidence]}</span>
        <Said text={pin.source === '' ? boardWords.noSource : pin.source} />
        <span>
          <Said text={authorText(pin.history.at(-1)?.by ?? pin.by)} /> {clockText(pin.history.at(-1)?.at ?? pin.at)}
        </span>
      </p>
      <div className="row">
        {mayWrite && (
          <button type="button" className="quiet small" onClick={() => setDialog('correct')}>
            {boardWords.correct}
          </button>
        )}
        <button type="button" className="quiet small" onClick={() => setDialog('history')}>
          {boardWords.history}
          {pin.history.length > 1 && ` (${pin.history.length})`}
        </button>
      </div>
      {dialog === 'correct' && <CorrectDialog view={pinsView} row={row} onClose={() => setDialog(null)} />}
      {dialog === 'history' && <HistoryDialog view={pinsView} row={row} onClose={() => setDialog(null)} />}
    </li>
  );
}

interface PlanDialogProps {
  readonly place: Place;
  readonly upload: Upload & { readonly view: NonNullable<Upload['view']> };
  readonly mayWrite: boolean;
  readonly onClose: () => void;
}

/** The whole window. */
export function PlanDialog({ place, upload, mayWrite, onClose }: PlanDialogProps) {
  const desk = useDesk();
  const { run, refusal } = useAsk(desk);
  const pins = pinsOn(useIncident(), place.id);
  const [draft, setDraft] = useState<Spot | null>(null);
  const move = (pin: Pin, { x, y }: Spot) => run({ type: 'correct-pin', rowId: pin.id, fields: { x, y }, note: '' });
  const picture = {
    src: `/api/incidents/${encodeURIComponent(desk.incidentId)}/uploads/${upload.uploadId}/view`,
    alt: w.picture(place.fields.name),
    width: upload.view.width,
    height: upload.view.height,
  };
  return (
    <Dialog title={<Said text={place.fields.name} />} className="plan-dialog" onClose={onClose}>
      <div className="plan-window">
        <PlanMap picture={picture} pins={pins} draft={draft} mayMove={mayWrite} onDraft={setDraft} onMove={move} />
        <section className="plan-side" aria-label={w.list}>
          {draft !== null ? (
            <NewPin place={place} spot={draft} onDone={() => setDraft(null)} />
          ) : (
            <>
              {mayWrite && (
                <button type="button" className="primary" onClick={() => setDraft(MIDDLE)}>
                  {w.set}
                </button>
              )}
              <p className="soft">{pins.length === 0 ? w.none : mayWrite && w.moveHelp}</p>
              <ol>
                {pins.map((pin, i) => (
                  <PinLine key={pin.id} pin={pin} number={i + 1} mayWrite={mayWrite} />
                ))}
              </ol>
            </>
          )}
          <Refused refusal={refusal} />
        </section>
      </div>
    </Dialog>
  );
}
