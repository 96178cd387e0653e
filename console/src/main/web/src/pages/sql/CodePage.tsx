import { useState } from 'react';
import { checkCode, codeOf, isSql, problemOf, updateCode, type ApplicationDetail, type CodeProblem } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { CodeEditor } from '../../ui/CodeEditor';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { useAction } from '../../ui/useAction';
import { useDraft } from '../../ui/useDraft';
import { ApplicationFrame } from './ApplicationFrame';

/** The code of an application: it is edited, looked at, and stored as a new version. */
export default function CodePage() {
  return (
    <ApplicationFrame>
      {({ application }) =>
        application.data === undefined ? null : (
          <Code key={application.data.ApplicationName} application={application.data} onSaved={application.reload} />
        )
      }
    </ApplicationFrame>
  );
}

const NONE: readonly CodeProblem[] = [];

function Code({ application, onSaved }: { application: ApplicationDetail; onSaved: () => void }) {
  const api = useApi();
  // Edits belong to the version that they began with: another one in between is not overwritten unseen.
  const draft = useDraft(codeOf(application), String(application.ApplicationVersionId));
  const code = draft.text;
  const [problems, setProblems] = useState(NONE);
  const [told, setTold] = useState('');
  const isRunning = application.ApplicationStatus === 'RUNNING';
  const check = useAction(async () => {
    const found = await checkCode(api, application.ApplicationName, code);
    setProblems(found);
    setTold(found.length === 0 ? 'Nothing is wrong with this code.' : '');
  });
  const save = useAction(async () => {
    setTold('');
    try {
      await updateCode(api, application.ApplicationName, Number(draft.from ?? application.ApplicationVersionId), code);
    } catch (e) {
      const problem = problemOf(e);
      if (problem === undefined) {
        throw e;
      }
      setProblems([problem]);
      return;
    }
    setProblems(NONE);
    draft.saved();
    setTold(isRunning ? 'Saved; the application goes on with it.' : 'Saved.');
    onSaved();
  });
  const isOther = draft.from !== undefined && draft.from !== String(application.ApplicationVersionId);
  return (
    <Section title={isSql(application) ? 'SQL' : 'Flink SQL'}>
      <CodeEditor
        label="Code"
        language="sql"
        value={code}
        problems={problems.map(({ line = 1, column, message }) => ({ line, column, message }))}
        onChange={(text) => {
          setTold('');
          draft.edit(text);
        }}
      />
      {problems.map((problem) => (
        <div key={`${problem.line} ${problem.column} ${problem.message}`} className="note note-bad" role="alert">
          <p className="breakable">
            {problem.line === undefined ? '' : `Line ${problem.line}, column ${problem.column}: `}
            {problem.message}
          </p>
        </div>
      ))}
      <ErrorNote error={check.error} doing="Check code" />
      <ErrorNote error={save.error} doing="Update application" />
      {isOther ? (
        <div className="note">
          <p>
            Somebody has changed the application meanwhile: it is version {application.ApplicationVersionId}, and this was edited from
            version {draft.from}.
          </p>
        </div>
      ) : null}
      <p />
      <div className="buttons">
        <button type="button" disabled={check.busy || code.trim() === ''} onClick={() => void check.run()}>
          {check.busy ? 'Checking …' : 'Check'}
        </button>
        <button type="button" className="primary" disabled={!draft.isEdited || save.busy} onClick={() => void save.run()}>
          {isRunning ? 'Save and restart' : 'Save'}
        </button>
        <button
          type="button"
          disabled={!draft.isEdited}
          onClick={() => {
            draft.discard();
            setProblems(NONE);
            save.clear();
          }}
        >
          Take back
        </button>
        <span role="status" className="quiet">
          {told}
        </span>
      </div>
    </Section>
  );
}
