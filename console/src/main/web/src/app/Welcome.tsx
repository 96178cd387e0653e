import { useEffect, useState } from 'react';
import { useSession } from '../session/useSession';

/** Before the sign-in. At an address where nobody can sign in, it leads to one where that works. */
export function Welcome({ reason }: { reason: string | undefined }) {
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const { origins } = session.config;
  const isHere = origins.includes(location.origin);
  useEffect(() => {
    document.title = 'Riacho';
  }, []);
  return (
    <main className="alone card">
      <h1>Riacho</h1>
      {reason === undefined ? null : (
        <p className="note note-bad" role="alert">
          {reason}
        </p>
      )}
      {!isHere ? (
        <>
          <p>Nobody can sign in at {location.origin}. The console is at:</p>
          <ul>
            {origins.map((origin) => (
              <li key={origin}>
                <a href={`${origin}${location.pathname}`}>{origin}</a>
              </li>
            ))}
          </ul>
          <p className="quiet small">
            <code>riacho.console.origins</code> says where it is.
          </p>
        </>
      ) : !isSecureContext ? (
        <p className="note note-bad">
          This connection can be read by others, and browsers do not let anybody sign in over it. Use HTTPS.
        </p>
      ) : (
        <>
          <p>Streams, delivery streams and SQL applications of this server.</p>
          <button
            type="button"
            className="primary"
            disabled={busy}
            autoFocus
            onClick={() => {
              setBusy(true);
              void session.signIn().finally(() => setBusy(false));
            }}
          >
            Sign in
          </button>
        </>
      )}
    </main>
  );
}
