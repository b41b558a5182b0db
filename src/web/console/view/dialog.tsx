// A window over the screen: the browser's own dialog, which keeps the focus inside and closes by Escape.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { words } from '../words.ts';

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  /** Left out: as wide as a form needs. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** A window over the screen, closed by Escape or its own button. */
export function Dialog({ title, onClose, className, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    <dialog ref={ref} className={className} aria-labelledby={titleId} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" onClick={() => ref.current?.close()}>
          {words.close}
        </button>
      </div>
      {children}
    </dialog>
  );
}
