import { useState } from 'react';
import { useSearch } from 'wouter';
import { useApi } from '../../aws/api';
import { listEntities } from '../../aws/iam';
import { documentsOf, simulate, type Answer } from '../../aws/simulation';
import { CodeEditor } from '../../ui/CodeEditor';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { Suggested } from '../../ui/Suggested';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { IdentitiesFrame } from './IdentitiesFrame';
import { Decision } from './Decision';
import { contextOf, linesOf } from './words';

interface Result {
  readonly answers: readonly Answer[];
  readonly documents: ReadonlyMap<string, string>;
}

/** Asks what policies would decide, by the evaluation that really decides, and tells why. */
export default function SimulatorPage() {
  const api = useApi();
  const asked = new URLSearchParams(useSearch()).get('principal');
  const known = useLoad('principals to simulate', async (signal) => {
    const all = await Promise.all([listEntities(api, 'user', signal), listEntities(api, 'group', signal), listEntities(api, 'role', signal)]);
    return all.flat().map((each) => each.arn);
  });
  const [principal, setPrincipal] = useState(asked ?? '');
  const [policy, setPolicy] = useState('');
  const [actions, setActions] = useState('kinesis:PutRecord\nkinesis:DeleteStream');
  const [resources, setResources] = useState(api.arn('kinesis', 'stream/orders'));
  const [context, setContext] = useState('');
  const [resourcePolicy, setResourcePolicy] = useState('');
  const [result, setResult] = useState<Result>();
  const action = useAction(async () => {
    setResult(undefined);
    const who = principal === '' ? undefined : principal;
    const answers = await simulate(api, {
      principal: who,
      policies: policy.trim() === '' ? [] : [policy],
      actions: linesOf(actions),
      resources: linesOf(resources),
      resourcePolicy: resourcePolicy.trim() === '' ? undefined : resourcePolicy,
      context: contextOf(context),
    });
    const documents = new Map(who === undefined ? [] : await documentsOf(api, who));
    documents.set('PolicyInputList.1', policy);
    documents.set('ResourcePolicy', resourcePolicy);
    setResult({ answers, documents });
  });
  return (
    <IdentitiesFrame>
      <div className="columns">
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            void action.run();
          }}
        >
          <Suggested
            label="Who asks"
            hint="The ARN of a user, group or role; empty to look at a policy alone."
            value={principal}
            onChange={setPrincipal}
            suggestions={known.data}
          />
          <label className="field">
            <span>Actions</span>
            <textarea value={actions} onChange={(event) => setActions(event.target.value)} required spellCheck={false} rows={3} />
            <small>One a line.</small>
          </label>
          <label className="field">
            <span>Resources</span>
            <textarea value={resources} onChange={(event) => setResources(event.target.value)} spellCheck={false} rows={3} />
            <small>ARNs, one a line; empty for any.</small>
          </label>
          <label className="field">
            <span>What else holds</span>
            <textarea
              value={context}
              onChange={(event) => setContext(event.target.value)}
              spellCheck={false}
              rows={2}
              placeholder="aws:SourceIp=192.0.2.7"
            />
            <small>Condition keys, one a line. The time is now.</small>
          </label>
          <details>
            <summary>Another policy, as if it were attached</summary>
            <CodeEditor label="Another policy" language="json" value={policy} onChange={setPolicy} />
          </details>
          <details>
            <summary>A policy of the resource</summary>
            <CodeEditor label="Policy of the resource" language="json" value={resourcePolicy} onChange={setResourcePolicy} />
          </details>
          <div className="buttons">
            <button type="submit" className="primary" disabled={action.busy}>
              Ask
            </button>
          </div>
          <ErrorNote error={action.error} doing="Simulate" />
        </form>
        <Section title="Decisions">
          <div role="status">
            {result === undefined ? (
              <p className="quiet">Nothing was asked yet.</p>
            ) : (
              result.answers.map((answer) => (
                <Decision key={`${answer.action} ${answer.resource}`} answer={answer} documents={result.documents} />
              ))
            )}
          </div>
        </Section>
      </div>
    </IdentitiesFrame>
  );
}
