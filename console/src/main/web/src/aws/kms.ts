import type { Api } from './api';
import { getStream, listStreams } from './kinesis';

/** Keys of KMS, as DescribeKey tells them. Times are in seconds since 1970. */
export interface KeyMetadata {
  readonly KeyId: string;
  readonly Arn: string;
  readonly KeyState: string;
  readonly Description?: string;
  readonly CreationDate?: number;
  readonly DeletionDate?: number;
  /** `AWS` for those that services made for themselves. */
  readonly KeyManager?: string;
}

export interface Key extends KeyMetadata {
  readonly aliases: readonly string[];
}

export interface Rotation {
  readonly KeyRotationEnabled: boolean;
  readonly RotationPeriodInDays?: number;
  readonly NextRotationDate?: number;
}

const STREAMS_AT_A_TIME = 4;

/** All keys with their aliases; whoever may not list aliases is shown keys without them. */
export async function listKeys(api: Api, signal?: AbortSignal): Promise<Key[]> {
  const ids: string[] = [];
  let marker: string | undefined;
  do {
    const page: { Keys: { KeyId: string }[]; Truncated?: boolean; NextMarker?: string } = await api.json(
      'kms',
      'ListKeys',
      { Limit: 1000, ...(marker === undefined ? {} : { Marker: marker }) },
      signal,
    );
    ids.push(...page.Keys.map((each) => each.KeyId));
    marker = page.Truncated === true ? page.NextMarker : undefined;
  } while (marker !== undefined);
  const aliases = await listAliases(api, undefined, signal).catch(() => []);
  const keys: Key[] = [];
  for (const id of ids) {
    const metadata = await describeKey(api, id, signal);
    keys.push({ ...metadata, aliases: aliases.filter((each) => each.keyId === id).map((each) => each.name) });
  }
  return keys;
}

export async function describeKey(api: Api, id: string, signal?: AbortSignal): Promise<KeyMetadata> {
  const answer = await api.json<{ KeyMetadata: KeyMetadata }>('kms', 'DescribeKey', { KeyId: id }, signal);
  return answer.KeyMetadata;
}

/** @param key whose; undefined for those of all keys */
export async function listAliases(
  api: Api,
  key: string | undefined,
  signal?: AbortSignal,
): Promise<{ readonly name: string; readonly keyId: string | undefined }[]> {
  const all: { name: string; keyId: string | undefined }[] = [];
  let marker: string | undefined;
  do {
    const page: { Aliases: { AliasName: string; TargetKeyId?: string }[]; Truncated?: boolean; NextMarker?: string } = await api.json(
      'kms',
      'ListAliases',
      { ...(key === undefined ? {} : { KeyId: key }), ...(marker === undefined ? {} : { Marker: marker }) },
      signal,
    );
    all.push(...page.Aliases.map((each) => ({ name: each.AliasName, keyId: each.TargetKeyId })));
    marker = page.Truncated === true ? page.NextMarker : undefined;
  } while (marker !== undefined);
  return all;
}

/** @return the new key's id */
export async function createKey(api: Api, description: string): Promise<string> {
  const answer = await api.json<{ KeyMetadata: KeyMetadata }>('kms', 'CreateKey', description === '' ? {} : { Description: description });
  return answer.KeyMetadata.KeyId;
}

/** @param name without `alias/` */
export function createAlias(api: Api, key: string, name: string): Promise<unknown> {
  return api.json('kms', 'CreateAlias', { AliasName: `alias/${name}`, TargetKeyId: key });
}

export function deleteAlias(api: Api, alias: string): Promise<unknown> {
  return api.json('kms', 'DeleteAlias', { AliasName: alias });
}

export function setEnabled(api: Api, key: string, enabled: boolean): Promise<unknown> {
  return api.json('kms', enabled ? 'EnableKey' : 'DisableKey', { KeyId: key });
}

/** @param days from 7 to 30 */
export function scheduleDeletion(api: Api, key: string, days: number): Promise<unknown> {
  return api.json('kms', 'ScheduleKeyDeletion', { KeyId: key, PendingWindowInDays: days });
}

export function cancelDeletion(api: Api, key: string): Promise<unknown> {
  return api.json('kms', 'CancelKeyDeletion', { KeyId: key });
}

export function getRotation(api: Api, key: string, signal?: AbortSignal): Promise<Rotation> {
  return api.json('kms', 'GetKeyRotationStatus', { KeyId: key }, signal);
}

export function setRotation(api: Api, key: string, enabled: boolean): Promise<unknown> {
  return api.json('kms', enabled ? 'EnableKeyRotation' : 'DisableKeyRotation', { KeyId: key });
}

export function rotateNow(api: Api, key: string): Promise<unknown> {
  return api.json('kms', 'RotateKeyOnDemand', { KeyId: key });
}

export async function getKeyPolicy(api: Api, key: string, signal?: AbortSignal): Promise<string> {
  const answer = await api.json<{ Policy: string }>('kms', 'GetKeyPolicy', { KeyId: key, PolicyName: 'default' }, signal);
  return answer.Policy;
}

export function putKeyPolicy(api: Api, key: string, policy: string): Promise<unknown> {
  return api.json('kms', 'PutKeyPolicy', { KeyId: key, PolicyName: 'default', Policy: policy });
}

/** Names of the streams that are encrypted with a key: each stream is asked for, so it takes a while where there are many. */
export async function streamsWithKey(api: Api, key: KeyMetadata, aliases: readonly string[]): Promise<string[]> {
  const names = (await listStreams(api)).map((each) => each.name);
  const found: string[] = [];
  while (names.length > 0) {
    const described = await Promise.all(names.splice(0, STREAMS_AT_A_TIME).map((name) => getStream(api, name)));
    found.push(
      ...described.filter((each) => each.encryptionType === 'KMS' && isKey(each.keyId, key, aliases)).map((each) => each.name),
    );
  }
  return found;
}

/** Whether a stream's key, an id, an ARN or an alias, is that key. */
export function isKey(used: string | undefined, key: KeyMetadata, aliases: readonly string[]): boolean {
  return (
    used !== undefined &&
    (used === key.KeyId || used === key.Arn || aliases.some((alias) => used === alias || used.endsWith(`:${alias}`)))
  );
}
