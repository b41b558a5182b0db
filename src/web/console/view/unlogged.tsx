// What took effect while the log could not be written: in red, over the boards, until it is entered.
import { sentenceOf } from '../words/entries.ts';
import { words } from '../words.ts';
import { useDesk, useNames } from './desk-context.ts';
import { clockText, useCell } from './hooks.ts';
import { Said, Say } from './said.tsx';

export function UnloggedBanner() {
  const unlogged = useCell(useDesk().store.view, (view) => view.unlogged);
  const names = useNames();
  if (unlogged.length === 0) return null;
  return (
    <section className="banner unlogged-banner" role="alert" aria-label={words.unlogged.label}>
      <strong>{words.unlogged.label}</strong>
      <span className="grow">{words.unlogged.why}</span>
      <ul>
        {unlogged.map((one) => (
          <li key={one.id}>
            <time dateTime={new Date(one.at).toISOString()}>{clockText(one.at)}</time>{' '}
            {one.who.kind === 'person' && <Said text={one.who.name} />} <Say parts={sentenceOf(one.what, one.payload, names)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
