import { loadConfig, type Config } from './config';
import * as oauth from './oauth';
import type { Tokens } from './oauth';

export type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'signed-out'; readonly reason?: string }
  | { readonly kind: 'signed-in' };

/** The user is asked to sign in again. */
export class SignedOutError extends Error {
  constructor() {
    super('You are signed out.');
    this.name = 'SignedOutError';
  }
}

const KEPT = 'riacho.tokens';
const LOCK = 'riacho.lock';
const EARLY_MILLIS = 60_000;

/**
 * Who is signed in, in this tab. Tokens are in the memory and in the tab's `sessionStorage`, which outlives a reload and
 * no more. A refresh token is good once: a duplicated tab has a copy of it, so only the tab that holds the lock on it
 * exchanges it.
 */
export class Session {
  private current: State = { kind: 'loading' };
  private tokens: Tokens | undefined;
  private isHolder = false;
  private release: (() => void) | undefined;
  private refreshing: Promise<string> | undefined;
  private readonly listeners = new Set<() => void>();
  private settings: Config | undefined;

  get state(): State {
    return this.current;
  }

  get config(): Config {
    if (this.settings === undefined) {
      throw new Error('The settings are not loaded yet.');
    }
    return this.settings;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Loads the settings, and goes on with the session of this tab where there is one. */
  async start(): Promise<void> {
    try {
      this.settings = await loadConfig();
    } catch (e) {
      this.become({ kind: 'unusable', reason: message(e) });
      return;
    }
    if (oauth.isComingBack()) {
      await this.finish();
      return;
    }
    const kept = sessionStorage.getItem(KEPT);
    if (kept === null) {
      this.become({ kind: 'signed-out' });
    } else {
      this.take(JSON.parse(kept) as Tokens);
    }
  }

  async signIn(): Promise<void> {
    try {
      await oauth.signIn(this.config, location.pathname + location.search + location.hash);
    } catch (e) {
      this.become({ kind: 'signed-out', reason: message(e) });
    }
  }

  /** Signed out here whether the server could be told or not. */
  async signOut(): Promise<void> {
    // What is being exchanged now would live on.
    await this.refreshing?.catch(() => undefined);
    const given = this.tokens;
    this.forget();
    try {
      if (given !== undefined) {
        await oauth.revoke(this.config, given);
      }
      this.become({ kind: 'signed-out' });
    } catch (e) {
      this.become({ kind: 'signed-out', reason: `The server could not be told that you signed out: ${message(e)}` });
    }
  }

  /** An access token that is good for a while. */
  async token(): Promise<string> {
    if (this.tokens === undefined) {
      throw new SignedOutError();
    }
    if (Date.now() < this.tokens.expiresAt - Math.min(EARLY_MILLIS, this.tokens.lifetime / 2)) {
      return this.tokens.access;
    }
    this.refreshing ??= this.exchange(this.tokens).finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  /** The server does not take the token any more. */
  expire(reason: string): void {
    if (this.tokens !== undefined) {
      this.forget();
      this.become({ kind: 'signed-out', reason });
    }
  }

  private async exchange(old: Tokens): Promise<string> {
    if (old.refresh !== undefined && this.isHolder) {
      try {
        const fresh = await oauth.refresh(this.config, { ...old, refresh: old.refresh });
        if (this.tokens !== old) {
          throw new SignedOutError();
        }
        this.keep({ ...fresh, refresh: fresh.refresh ?? old.refresh });
        return fresh.access;
      } catch (e) {
        // A server that is busy or away for a moment ends no session.
        if (!oauth.isRefused(e)) {
          if (this.tokens === old && Date.now() < old.expiresAt) {
            return old.access;
          }
          throw e;
        }
      }
    } else if (Date.now() < old.expiresAt) {
      return old.access;
    }
    this.expire('Your session is over.');
    throw new SignedOutError();
  }

  private async finish(): Promise<void> {
    try {
      const { tokens, returnTo } = await oauth.finishSignIn(this.config);
      history.replaceState(null, '', returnTo);
      this.take(tokens);
    } catch (e) {
      history.replaceState(null, '', '/console/');
      this.become({ kind: 'signed-out', reason: message(e) });
    }
  }

  private take(tokens: Tokens): void {
    this.keep(tokens);
    this.hold();
    this.become({ kind: 'signed-in' });
  }

  private keep(tokens: Tokens): void {
    this.tokens = tokens;
    sessionStorage.setItem(KEPT, JSON.stringify(tokens));
  }

  private forget(): void {
    this.tokens = undefined;
    this.isHolder = false;
    this.release?.();
    this.release = undefined;
    sessionStorage.removeItem(KEPT);
    sessionStorage.removeItem(LOCK);
  }

  /** A duplicated tab has the same name in its storage, and waits until the first one is closed. */
  private hold(): void {
    const name = sessionStorage.getItem(LOCK) ?? `riacho-${crypto.randomUUID()}`;
    sessionStorage.setItem(LOCK, name);
    void navigator.locks.request(name, () => {
      this.isHolder = true;
      return new Promise<void>((resolve) => (this.release = resolve));
    });
  }

  private become(state: State): void {
    this.current = state;
    this.listeners.forEach((listener) => listener());
  }
}

function message(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
