import { Suspense, useMemo } from 'react';
import { Link, Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { Api, ApiContext } from '../aws/api';
import type { Session } from '../session/session';
import { SessionContext, useSessionState } from '../session/useSession';
import { Page } from '../ui/Page';
import { Boundary } from './Boundary';
import { PAGES } from './pages';
import { Shell } from './Shell';
import { Welcome } from './Welcome';

export function App({ session }: { session: Session }) {
  return (
    <SessionContext value={session}>
      <Router base="/console">
        <Gate session={session} />
      </Router>
    </SessionContext>
  );
}

function Gate({ session }: { session: Session }) {
  const state = useSessionState();
  const [at] = useLocation();
  const api = useMemo(() => new Api(session), [session]);
  switch (state.kind) {
    case 'loading':
      return <p className="alone quiet">Loading …</p>;
    case 'unusable':
      return (
        <p className="alone" role="alert">
          {state.reason}
        </p>
      );
    case 'signed-out':
      return <Welcome reason={state.reason} />;
    case 'signed-in':
      return (
        <ApiContext value={api}>
          <Shell>
            <Boundary at={at}>
              <Suspense fallback={<p className="quiet">Loading …</p>}>
                <Switch>
                  {PAGES.map(({ path, page }) => (
                    <Route key={path} path={path} component={page} />
                  ))}
                  <Route path="/">
                    <Redirect to="/streams" replace />
                  </Route>
                  <Route>
                    <Page title="There is no such page">
                      <p>
                        <Link href="/streams">Streams</Link> are a good place to begin.
                      </p>
                    </Page>
                  </Route>
                </Switch>
              </Suspense>
            </Boundary>
          </Shell>
        </ApiContext>
      );
  }
}
