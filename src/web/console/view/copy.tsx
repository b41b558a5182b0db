// An address to hand out: seen, copied, scanned. Shows only what it is given.
import { useRef, useState } from 'react';
import { words } from '../words.ts';
import { Code } from './code.tsx';

interface HandOutProps {
  readonly label: string;
  readonly url: string;
  /** False: it would not work elsewhere, so it is not copied. */
  readonly mayCopy: boolean;
}

export function HandOut({ label, url, mayCopy }: HandOutProps) {
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setOutcome(words.lines.copied);
    } catch {
      field.current?.select();
      setOutcome(words.lines.copyFailed);
    }
  };
  return (
    <div className="hand-out">
      {mayCopy && <Code text={url} />}
      <div className="hand-out-text">
        <label>
          {label}
          <input ref={field} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        </label>
        <div className="row">
          {mayCopy && (
            <button type="button" onClick={() => void copy()}>
              {words.lines.copy}
            </button>
          )}
          <span role="status">{outcome}</span>
        </div>
      </div>
    </div>
  );
}
