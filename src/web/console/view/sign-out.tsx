// Signing out. The seat is left only when the server has ended the session.
import { seat } from '../store/seat.ts';
import { words } from '../words.ts';
import { useRequest } from './proof.tsx';
import { Refused } from './said.tsx';

export function SignOut() {
  const { run, isBusy, trouble } = useRequest();
  const end = () =>
    run('/api/sign-out', {}, () => {
      location.hash = '';
      seat.leave();
    });
  return (
    <>
      <button type="button" aria-busy={isBusy} onClick={() => void end()}>
        {words.doors.signOut}
      </button>
      <Refused refusal={trouble} />
    </>
  );
}
