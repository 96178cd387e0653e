import { Link } from 'wouter';
import { reasonOf, statementOf, type Answer } from '../../aws/simulation';

const WORDS = { allowed: 'allowed', explicitDeny: 'denied', implicitDeny: 'not allowed' } as const;

/** What was decided of one action on one resource, with the statements that did. */
export function Decision({ answer, documents }: { answer: Answer; documents: ReadonlyMap<string, string> }) {
  return (
    <article className={answer.decision === 'allowed' ? 'note note-good' : 'note note-bad'}>
      <h3>
        <code className="breakable">{answer.action}</code> is {WORDS[answer.decision]}
      </h3>
      <p className="small">
        on <code className="breakable">{answer.resource}</code>
      </p>
      <p>{reasonOf(answer)}</p>
      {answer.matched.map((matched) => {
        const statement = statementOf(documents.get(matched.policy), matched);
        const { from, to } = matched;
        return (
          <div key={`${matched.policy} ${from.line} ${from.column}`}>
            <p className="small">
              <PolicyName name={matched.policy} />, {from.line === to.line ? `line ${from.line}` : `lines ${from.line} to ${to.line}`}
            </p>
            {statement === undefined ? null : <pre className="statement">{statement}</pre>}
          </div>
        );
      })}
    </article>
  );
}

function PolicyName({ name }: { name: string }) {
  if (name.startsWith('arn:')) {
    return <Link href={`/identities/policies/${encodeURIComponent(name)}`}>{name.slice(name.lastIndexOf('/') + 1)}</Link>;
  }
  return <>{name === 'PolicyInputList.1' ? 'The other policy' : name === 'ResourcePolicy' ? 'The policy of the resource' : `Policy ${name}`}</>;
}
