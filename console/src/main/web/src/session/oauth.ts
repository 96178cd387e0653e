import * as oauth from 'oauth4webapi';
import type { Config } from './config';

/** What a user was given by signing in. Times are in milliseconds since 1970. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly expiresAt: number;
  readonly lifetime: number;
  readonly issuer: string;
}

/** What has to be remembered while the user is at the sign-in page. */
interface Pending {
  readonly state: string;
  readonly verifier: string;
  readonly issuer: string;
  readonly returnTo: string;
}

const PENDING = 'riacho.sign-in';
const SIGNED_IN = '/console/signed-in';

/** The origin alone decides whether the connection is safe; the server is where the page came from. */
const OPTIONS = { [oauth.allowInsecureRequests]: true };

function server(issuer: string): oauth.AuthorizationServer {
  const at = (path: string) => new URL(path, location.origin).href;
  return {
    issuer,
    authorization_endpoint: at('/oauth2/authorize'),
    token_endpoint: at('/oauth2/token'),
    revocation_endpoint: at('/oauth2/revoke'),
  };
}

function client(config: Config): oauth.Client {
  return { client_id: config.clientId };
}

/** The name that the server signs tokens with; it need not be the address that it was reached by. */
async function issuer(): Promise<string> {
  const answer = await fetch('/.well-known/oauth-authorization-server');
  const metadata = (await answer.json()) as { issuer?: unknown };
  if (typeof metadata.issuer !== 'string') {
    throw new Error('The server does not say who it is.');
  }
  return metadata.issuer;
}

/** Leaves for the sign-in page. */
export async function signIn(config: Config, returnTo: string): Promise<void> {
  const verifier = oauth.generateRandomCodeVerifier();
  const pending: Pending = { state: oauth.generateRandomState(), verifier, issuer: await issuer(), returnTo };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL('/oauth2/authorize', location.origin);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: location.origin + SIGNED_IN,
    state: pending.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  location.assign(url);
}

export function isComingBack(): boolean {
  return location.pathname === SIGNED_IN;
}

/** After the sign-in page: the tokens for the code in the address, and where the user was before. */
export async function finishSignIn(config: Config): Promise<{ tokens: Tokens; returnTo: string }> {
  const text = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  if (text === null) {
    throw new Error('This sign-in was not begun here. Please sign in again.');
  }
  const pending = JSON.parse(text) as Pending;
  const as = server(pending.issuer);
  const parameters = oauth.validateAuthResponse(as, client(config), new URL(location.href), pending.state);
  const redirect = location.origin + SIGNED_IN;
  const answer = await oauth.authorizationCodeGrantRequest(
    as,
    client(config),
    oauth.None(),
    parameters,
    redirect,
    pending.verifier,
    OPTIONS,
  );
  const result = await oauth.processAuthorizationCodeResponse(as, client(config), answer);
  return { tokens: tokens(result, pending.issuer), returnTo: pending.returnTo };
}

/** Exchanges a refresh token, which is good once. */
export async function refresh(config: Config, old: Tokens & { refresh: string }): Promise<Tokens> {
  const as = server(old.issuer);
  const answer = await oauth.refreshTokenGrantRequest(as, client(config), oauth.None(), old.refresh, OPTIONS);
  return tokens(await oauth.processRefreshTokenResponse(as, client(config), answer), old.issuer);
}

/** Whether the server said that a token is not good any more. */
export function isRefused(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError && ['invalid_grant', 'invalid_client', 'unauthorized_client'].includes(error.error);
}

/** Ends what was granted, and the browser's session at the sign-in page with it. */
export async function revoke(config: Config, given: Tokens): Promise<void> {
  const as = server(given.issuer);
  const answer = await oauth.revocationRequest(as, client(config), oauth.None(), given.refresh ?? given.access, OPTIONS);
  await oauth.processRevocationResponse(answer);
}

function tokens(result: oauth.TokenEndpointResponse, issuer: string): Tokens {
  const lifetime = (result.expires_in ?? 60) * 1000;
  return {
    access: result.access_token,
    refresh: result.refresh_token,
    expiresAt: Date.now() + lifetime,
    lifetime,
    issuer,
  };
}
