import type { NewAccessKey } from '../../aws/iam';

/** An access key with its secret, which is shown this once: the server keeps it encrypted and tells it to nobody. */
export function ShownOnce({ accessKey, onDone }: { accessKey: NewAccessKey; onDone: () => void }) {
  return (
    <div className="form">
      <p>Write the secret down now. It is shown this once, and nobody can look it up.</p>
      <label className="field">
        <span>Access key ID</span>
        <input className="mono" readOnly value={accessKey.id} onFocus={(event) => event.target.select()} />
      </label>
      <label className="field">
        <span>Secret access key</span>
        <input className="mono" readOnly value={accessKey.secret} onFocus={(event) => event.target.select()} autoComplete="off" />
      </label>
      <div className="buttons">
        <button type="button" className="primary" onClick={onDone}>
          I have it
        </button>
      </div>
    </div>
  );
}
