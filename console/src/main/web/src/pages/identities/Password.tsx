import { useState } from 'react';
import { useApi } from '../../aws/api';
import { deletePassword, hasPassword, setPassword } from '../../aws/iam';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';

/** The password that a user signs in to the console with. */
export function Password({ user }: { user: string }) {
  const api = useApi();
  const known = useLoad(`password ${user}`, (signal) => hasPassword(api, user, signal));
  const [password, setNewPassword] = useState('');
  const [told, setTold] = useState('');
  const save = useAction(async () => {
    await setPassword(api, user, password, known.data === false);
    setNewPassword('');
    setTold('Set.');
    known.reload();
  });
  const remove = useAction(async () => {
    await deletePassword(api, user);
    setTold('Taken away.');
    known.reload();
  });
  return (
    <Section title="Password">
      <ErrorNote error={known.error} doing="Ask for a password" />
      {known.data === undefined ? null : (
        <p>{known.data ? 'It has a password, and may sign in here.' : 'It has no password, and cannot sign in here.'}</p>
      )}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <label className="field">
          <span>New password</span>
          <input
            type="password"
            value={password}
            onChange={(event) => setNewPassword(event.target.value)}
            required
            minLength={8}
            autoComplete="new-password"
          />
        </label>
        <button type="submit" disabled={save.busy || known.data === undefined}>
          Set password
        </button>
        {known.data === true ? (
          <button type="button" className="danger" disabled={remove.busy} onClick={() => void remove.run()}>
            Take it away
          </button>
        ) : null}
        <span role="status" className="quiet">
          {told}
        </span>
      </form>
      <ErrorNote error={save.error} doing="Set password" />
      <ErrorNote error={remove.error} doing="Delete password" />
    </Section>
  );
}
