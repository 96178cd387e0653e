/** What the server tells of itself at `/console/config.json`. */
export interface Config {
  readonly region: string;
  readonly accountId: string;
  readonly clientId: string;
  /** Where the console may be opened; elsewhere nobody can sign in. */
  readonly origins: readonly string[];
  /** Where services listen; empty for the console's own origin. */
  readonly endpoints: { readonly streams: string; readonly firehose: string; readonly analytics: string };
}

export type Place = keyof Config['endpoints'] | 'auth';

export async function loadConfig(): Promise<Config> {
  const answer = await fetch('/console/config.json', { cache: 'no-store' });
  if (!answer.ok) {
    throw new Error(`The server does not tell its settings (${answer.status}).`);
  }
  return (await answer.json()) as Config;
}

/** OAuth2 is at the console's own origin, always. */
export function urlOf(config: Config, place: Place, path: string): string {
  return (place === 'auth' ? '' : config.endpoints[place]) + path;
}
