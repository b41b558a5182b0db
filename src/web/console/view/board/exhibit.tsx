// Handing a file in, and looking at one. A picture is loaded only when somebody asks to see it: each look is on record.
import { useState } from 'react';
import type { Row } from '../../../../core/incident/board.ts';
import { sendFile } from '../../store/http.ts';
import { uploadWords } from '../../words/exhibits.ts';
import { useDesk, useIncident } from '../desk-context.ts';
import { Dialog } from '../dialog.tsx';
import { Refused, Said } from '../said.tsx';
import type { Fields } from './kind.ts';

/** The key that takes a file in; what is known of it then goes into the board's form. */
export function AddExhibit({ onStart }: { readonly onStart: (fields: Fields) => void }) {
  const { incidentId } = useDesk();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ readonly why: string; readonly next: string } | null>(null);
  const send = async (file: File) => {
    setBusy(true);
    setRefusal(null);
    const answer = await sendFile(incidentId, file);
    setBusy(false);
    if (answer.is === 'done') onStart({ upload: answer.value.uploadId, title: file.name });
    else setRefusal((answer.is === 'refused' ? answer.refusal : null) ?? uploadWords.noAnswer);
  };
  return (
    <div>
      <label className="row">
        {isBusy ? uploadWords.sending : uploadWords.choose}
        <input
          type="file"
          disabled={isBusy}
          title={uploadWords.types}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file !== undefined) void send(file);
          }}
        />
      </label>
      <Refused refusal={refusal} />
    </div>
  );
}

/** What is kept of a row's file, with the ways to look at it. */
export function ExhibitFile({ row }: { readonly row: Row<Fields> }) {
  const { incidentId } = useDesk();
  const upload = useIncident().uploads[String(row.fields['upload'])];
  const [isOpen, setOpen] = useState(false);
  if (upload === undefined) return null;
  const path = `/api/incidents/${encodeURIComponent(incidentId)}/uploads/${upload.uploadId}`;
  return (
    <div className="row-fact">
      <p>
        <Said text={uploadWords.kept(upload.name, upload.kind, upload.bytes)} />
        {upload.carriedPlace && <span className="tag">{uploadWords.place}</span>}
      </p>
      <div className="row">
        {upload.view !== null && (
          <button type="button" className="quiet small" onClick={() => setOpen(true)}>
            {uploadWords.open}
          </button>
        )}
        <a className="button quiet small exhibit-save" href={`${path}/original`} download>
          {uploadWords.original}
        </a>
      </div>
      {isOpen && upload.view !== null && (
        <Dialog title={<Said text={String(row.fields['title'])} />} onClose={() => setOpen(false)}>
          <img
            className="exhibit"
            src={`${path}/view`}
            alt={String(row.fields['title'])}
            width={upload.view.width}
            height={upload.view.height}
          />
        </Dialog>
      )}
    </div>
  );
}
