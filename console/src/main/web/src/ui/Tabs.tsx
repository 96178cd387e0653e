import { Link, useLocation } from 'wouter';

/** Parts of a page that have addresses of their own. Paths are within the console. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly (readonly [path: string, title: string])[] }) {
  const [location] = useLocation();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(([path, title]) => (
        <Link key={path} href={path} aria-current={location === encodeURI(path) || location === path ? 'page' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
