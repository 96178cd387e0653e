import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Session, State } from './session';

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('There is no session around this component.');
  }
  return session;
}

export function useSessionState(): State {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () => session.state);
}
