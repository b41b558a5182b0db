// A calm word on the first page that something is still to be set. Never stands in anybody's way.
import type { MeNow } from '../../../protocol/access.ts';
import { words } from '../words.ts';

/** Nothing when all is set. */
export function SetUpBanner({ me, onSetUp }: { readonly me: MeNow; readonly onSetUp: () => void }) {
  if (me.needs.length === 0) return null;
  const { banner } = words.setUp;
  return (
    <section className="notice" aria-label={words.setUp.title}>
      <span>
        <strong>{me.needs.includes('password') ? banner.password : banner.factor}</strong>{' '}
        <span className="soft">{words.setUp.bannerHelp}</span>
      </span>
      <button type="button" onClick={onSetUp}>
        {words.setUp.open}
      </button>
    </section>
  );
}
