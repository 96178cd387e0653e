import { Link, useParams } from 'wouter';
import { useApi } from '../../aws/api';
import { changePolicy, getPolicy, policyDocument, setOut } from '../../aws/iam';
import { ErrorNote } from '../../ui/ErrorNote';
import { Facts, Page, Section } from '../../ui/Page';
import { useLoad } from '../../ui/useLoad';
import { PolicyEditor } from './PolicyEditor';

/** A managed policy, whose document is changed as a new version. */
export default function PolicyPage() {
  const api = useApi();
  const { arn: encoded = '' } = useParams<{ arn: string }>();
  const arn = decodeURIComponent(encoded);
  const policy = useLoad(`policy ${arn}`, (signal) => getPolicy(api, arn, signal));
  const version = policy.data?.version;
  const document = useLoad(version === undefined ? undefined : `policy document ${arn} ${version}`, (signal) =>
    policyDocument(api, arn, version ?? '', signal),
  );
  return (
    <>
      <p className="crumbs small">
        <Link href="/identities/policies">Identities</Link> / policy
      </p>
      <Page title={arn.slice(arn.lastIndexOf('/') + 1)}>
        <ErrorNote error={policy.error} doing="Describe policy" />
        {policy.data === undefined ? null : (
          <Facts
            facts={[
              ['Of', policy.data.isAws ? 'AWS' : 'this account'],
              ['Version', policy.data.version],
              ['Attached to', policy.data.attachments],
              ['ARN', <code key="arn" className="breakable">{arn}</code>],
            ]}
          />
        )}
        <Section title="What it says">
          <ErrorNote error={document.error} doing="Read policy" />
          {document.data === undefined ? null : (
            <PolicyEditor
              key={version}
              label="Policy"
              document={setOut(document.data)}
              readOnly={policy.data?.isAws === true}
              onSave={async (changed) => {
                await changePolicy(api, arn, changed);
                policy.reload();
              }}
            />
          )}
        </Section>
      </Page>
    </>
  );
}
