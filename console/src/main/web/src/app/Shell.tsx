import { useMemo, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useApi } from '../aws/api';
import { textOf } from '../aws/xml';
import { useSession } from '../session/useSession';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { useLoad } from '../ui/useLoad';
import { PAGES } from './pages';
import { useShortcuts, type Shortcut } from './shortcuts';
import { nextTheme, setTheme, theme } from './theme';

/** What is around every page: navigation, who is signed in, light and dark, the help for keys. */
export function Shell({ children }: { children: ReactNode }) {
  const [location, navigate] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [isHelp, setHelp] = useState(false);
  const [colours, setColours] = useState(theme());
  const changeColours = () => {
    const next = nextTheme(colours);
    setTheme(next);
    setColours(next);
  };
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      ...PAGES.flatMap(({ nav, path }) =>
        nav === undefined ? [] : [{ keys: `g ${nav.key}`, does: `Go to ${nav.title}`, run: () => navigate(path) }],
      ),
      { keys: '/', does: 'Filter what is shown', run: () => document.querySelector<HTMLElement>('[data-filter]')?.focus() },
      { keys: 'n', does: 'New', run: () => document.querySelector<HTMLElement>('[data-new]')?.click() },
      { keys: '?', does: 'Show this help', run: () => setHelp(true) },
    ],
    [navigate],
  );
  useShortcuts(shortcuts);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="bar">
        <button
          type="button"
          className="plain menu-button"
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="menu" />
          <span className="hidden">Navigation</span>
        </button>
        <Link href="/streams" className="brand">
          Riacho
        </Link>
        <Where />
        <span className="push" />
        <button type="button" className="plain" onClick={changeColours} title={`Colours: ${colours}`}>
          <Icon name={colours === 'system' ? 'system' : colours === 'light' ? 'sun' : 'moon'} />
          <span className="hidden">Colours: {colours}</span>
        </button>
        <button type="button" className="plain" onClick={() => setHelp(true)} title="Keys (?)">
          <Icon name="help" />
          <span className="hidden">Keys</span>
        </button>
        <Who />
      </header>
      <nav id="navigation" className={isOpen ? 'side open' : 'side'} aria-label="Pages" onClick={() => setOpen(false)}>
        <ul>
          {PAGES.map(({ nav, path }) =>
            nav === undefined ? null : (
              <li key={path}>
                <Link href={path} aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}>
                  <Icon name={nav.icon} />
                  {nav.title}
                </Link>
              </li>
            ),
          )}
        </ul>
      </nav>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      {isHelp ? (
        <Dialog title="Keys" onClose={() => setHelp(false)}>
          <table className="keys">
            <tbody>
              {shortcuts.map(({ keys, does }) => (
                <tr key={keys}>
                  <th scope="row">
                    {keys.split(' ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </th>
                  <td>{does}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Dialog>
      ) : null}
    </div>
  );
}

function Where() {
  const { config } = useSession();
  return (
    <span className="where quiet small">
      {config.accountId} · {config.region}
    </span>
  );
}

function Who() {
  const api = useApi();
  const session = useSession();
  const who = useLoad('who', async (signal) => textOf(await api.query('sts', 'GetCallerIdentity', {}, signal), 'Arn') ?? '');
  const name = who.data?.slice(who.data.lastIndexOf(':') + 1).replace(/^user\//, '');
  return (
    <>
      <span className="who small" title={who.data}>
        {name}
      </span>
      <button type="button" className="plain" onClick={() => void session.signOut()}>
        <Icon name="out" />
        Sign out
      </button>
    </>
  );
}
