import { AwsError, missingPermission } from '../aws/error';
import { SignedOutError } from '../session/session';

/** Says what went wrong, in AWS's words; a permission that is missing is named. Nothing where there is no error. */
export function ErrorNote({ error, doing }: { error: unknown; doing?: string }) {
  if (error === undefined || error === null || error instanceof SignedOutError) {
    return null;
  }
  const missing = missingPermission(error);
  return (
    <div className="note note-bad" role="alert">
      {missing === undefined ? (
        <p>
          {doing === undefined ? '' : `${doing}: `}
          {textOf(error)}
        </p>
      ) : (
        <>
          <p>
            {doing === undefined ? 'You' : `${doing}: you`} lack the permission <code>{missing.action}</code>
            {missing.resource === undefined ? null : (
              <>
                {' '}
                on <code className="breakable">{missing.resource}</code>
              </>
            )}
            .
          </p>
          <details>
            <summary>What the server said</summary>
            <p>{textOf(error)}</p>
          </details>
        </>
      )}
      {error instanceof AwsError ? (
        <p className="quiet small">
          {error.code}
          {error.requestId === undefined ? '' : ` · request ${error.requestId}`}
        </p>
      ) : null}
    </div>
  );
}

function textOf(error: unknown): string {
  if (error instanceof TypeError) {
    return 'The server does not answer.';
  }
  return error instanceof Error ? error.message : String(error);
}
