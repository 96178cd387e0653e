import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { applyTheme } from './app/theme';
import { Session } from './session/session';
import './styles.css';

applyTheme();
const root = document.getElementById('root');
if (root !== null) {
  const session = new Session();
  createRoot(root).render(
    <StrictMode>
      <App session={session} />
    </StrictMode>,
  );
  void session.start();
}
