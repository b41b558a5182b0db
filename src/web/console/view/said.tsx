// Text of others: always text, never markup, set apart from ours, with what cannot be seen made visible.
import { Fragment } from 'react';
import type { Refusal } from '../../../core/incident/topic.ts';
import { visible } from '../store/visible.ts';
import type { Sentence } from '../words/say.ts';

/** Somebody else's words. */
export function Said({ text }: { readonly text: string }) {
  return <bdi>{visible(text)}</bdi>;
}

/** A sentence of ours in which words of others stand. */
export function Say({ parts }: { readonly parts: Sentence }) {
  // The parts of a sentence have no names and never change their places.
  const numbered = parts.map((part, place) => ({ part, place }));
  return numbered.map(({ part, place }) => <Fragment key={place}>{typeof part === 'string' ? part : <Said text={part.said} />}</Fragment>);
}

/** Why something was not done, and what to do instead; stands beside its control. */
export function Refused({ refusal }: { readonly refusal: Pick<Refusal, 'why' | 'next'> | null }) {
  return (
    <div role="alert" className={refusal === null ? 'refused empty' : 'refused'}>
      {refusal !== null && (
        <>
          <strong>
            <Said text={refusal.why} />
          </strong>{' '}
          <Said text={refusal.next} />
        </>
      )}
    </div>
  );
}
