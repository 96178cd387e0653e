import { useState } from 'react';
import { useApi } from '../../aws/api';
import { createAccessKey, createGroup, createRole, createUser, setPassword, type EntityKind, type NewAccessKey } from '../../aws/iam';
import { CodeEditor } from '../../ui/CodeEditor';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { useAction } from '../../ui/useAction';
import { ShownOnce } from './ShownOnce';

const TRUST = `{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}
  ]
}`;

/** Asks for what a new user, group or role is to be; a user's access key is shown here, and nowhere else. */
export function CreateEntity({ kind, onClose }: { kind: EntityKind; onClose: (created: boolean) => void }) {
  const api = useApi();
  const [name, setName] = useState('');
  const [password, setNewPassword] = useState('');
  const [wantsKey, setWantsKey] = useState(false);
  const [trust, setTrust] = useState(TRUST);
  const [isMade, setMade] = useState(false);
  const [key, setKey] = useState<NewAccessKey>();
  const action = useAction(async () => {
    // What failed behind the first step is tried again alone.
    if (!isMade) {
      await (kind === 'user' ? createUser(api, name) : kind === 'group' ? createGroup(api, name) : createRole(api, name, trust));
      setMade(true);
    }
    if (kind === 'user' && password !== '') {
      await setPassword(api, name, password, true);
      setNewPassword('');
    }
    if (kind === 'user' && wantsKey) {
      setKey(await createAccessKey(api, name));
    } else {
      onClose(true);
    }
  });
  if (key !== undefined) {
    return (
      <Dialog title={`Access key of ${name}`} onClose={() => onClose(true)}>
        <ShownOnce accessKey={key} onDone={() => onClose(true)} />
      </Dialog>
    );
  }
  return (
    <Dialog title={`Create ${kind}`} onClose={() => onClose(isMade)}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run();
        }}
      >
        <label className="field">
          <span>Name</span>
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={kind === 'group' ? 128 : 64}
            pattern="[\w+=,.@\-]+"
            title="Letters, digits and _+=,.@-"
            autoComplete="off"
            spellCheck={false}
            disabled={isMade}
            autoFocus
          />
        </label>
        {kind === 'user' ? (
          <>
            <label className="field">
              <span>Password</span>
              <input
                type="password"
                value={password}
                onChange={(event) => setNewPassword(event.target.value)}
                minLength={8}
                autoComplete="new-password"
              />
              <small>To sign in here; empty for none.</small>
            </label>
            <label className="check">
              <input type="checkbox" checked={wantsKey} onChange={(event) => setWantsKey(event.target.checked)} />
              An access key, for SDKs and the AWS CLI
            </label>
          </>
        ) : null}
        {kind === 'role' ? (
          <div className="field">
            <span>Whom it trusts</span>
            <CodeEditor label="Trust policy" language="json" value={trust} onChange={setTrust} />
          </div>
        ) : null}
        <ErrorNote error={action.error} doing={isMade ? `The ${kind} is created. What else was asked for` : `Create ${kind}`} />
        <div className="buttons">
          <button type="submit" className="primary" disabled={action.busy}>
            {isMade ? 'Try again' : 'Create'}
          </button>
          <button type="button" onClick={() => onClose(isMade)}>
            {isMade ? 'Close' : 'Cancel'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
