import type { Api } from './api';
import { AwsError } from './error';
import { childOf, membersOf, textOf } from './xml';

export type EntityKind = 'user' | 'group' | 'role';

/** How IAM's operations name a kind: `ListUsers`, `UserName`, `ListUserPolicies`. */
const TITLES = { user: 'User', group: 'Group', role: 'Role' } as const satisfies Record<EntityKind, string>;

export interface Entity {
  readonly kind: EntityKind;
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: string | undefined;
  /** Whom a role trusts, as JSON. */
  readonly trust: string | undefined;
  readonly boundary: string | undefined;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly version: string;
  readonly attachments: number;
  /** Of AWS's own, which nobody changes. */
  readonly isAws: boolean;
}

export interface AccessKey {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string | undefined;
}

export interface NewAccessKey {
  readonly id: string;
  readonly secret: string;
}

const EMPTY = '{"Version": "2012-10-17", "Statement": []}';

export async function listEntities(api: Api, kind: EntityKind, signal?: AbortSignal): Promise<Entity[]> {
  const title = TITLES[kind];
  return (await pages(api, `List${title}s`, {}, `${title}s`, signal)).map((each) => entity(kind, each));
}

export async function getEntity(api: Api, kind: EntityKind, name: string, signal?: AbortSignal): Promise<Entity> {
  const title = TITLES[kind];
  const found = childOf(await api.query('iam', `Get${title}`, named(kind, name), signal), title);
  if (found === undefined) {
    throw new Error(`The server tells nothing of ${name}.`);
  }
  return entity(kind, found);
}

export function createUser(api: Api, name: string): Promise<unknown> {
  return api.query('iam', 'CreateUser', { UserName: name });
}

export function createGroup(api: Api, name: string): Promise<unknown> {
  return api.query('iam', 'CreateGroup', { GroupName: name });
}

export function createRole(api: Api, name: string, trust: string): Promise<unknown> {
  return api.query('iam', 'CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust });
}

/** Deletes it with all that hangs on it, which IAM itself does not: its policies, keys and memberships go first. */
export async function deleteEntity(api: Api, kind: EntityKind, name: string): Promise<void> {
  if (kind === 'user') {
    for (const key of await listAccessKeys(api, name)) {
      await deleteAccessKey(api, name, key.id);
    }
    for (const group of await groupsOf(api, name)) {
      await removeFromGroup(api, group, name);
    }
    if (await hasPassword(api, name)) {
      await deletePassword(api, name);
    }
  }
  if (kind === 'group') {
    for (const user of await membersOfGroup(api, name)) {
      await removeFromGroup(api, name, user);
    }
  }
  for (const policy of await inlinePolicies(api, kind, name)) {
    await deleteInlinePolicy(api, kind, name, policy);
  }
  for (const policy of await attachedPolicies(api, kind, name)) {
    await detachPolicy(api, kind, name, policy.arn);
  }
  await api.query('iam', `Delete${TITLES[kind]}`, named(kind, name));
}

export function updateTrust(api: Api, role: string, document: string): Promise<unknown> {
  return api.query('iam', 'UpdateAssumeRolePolicy', { RoleName: role, PolicyDocument: document });
}

export async function inlinePolicies(api: Api, kind: EntityKind, name: string, signal?: AbortSignal): Promise<string[]> {
  const found = await pages(api, `List${TITLES[kind]}Policies`, named(kind, name), 'PolicyNames', signal);
  return found.map((each) => each.textContent ?? '');
}

export async function inlineDocument(
  api: Api,
  kind: EntityKind,
  name: string,
  policy: string,
  signal?: AbortSignal,
): Promise<string> {
  const answer = await api.query('iam', `Get${TITLES[kind]}Policy`, { ...named(kind, name), PolicyName: policy }, signal);
  return decodeURIComponent(textOf(answer, 'PolicyDocument') ?? '');
}

export function putInlinePolicy(api: Api, kind: EntityKind, name: string, policy: string, document: string): Promise<unknown> {
  return api.query('iam', `Put${TITLES[kind]}Policy`, { ...named(kind, name), PolicyName: policy, PolicyDocument: document });
}

export function deleteInlinePolicy(api: Api, kind: EntityKind, name: string, policy: string): Promise<unknown> {
  return api.query('iam', `Delete${TITLES[kind]}Policy`, { ...named(kind, name), PolicyName: policy });
}

export async function attachedPolicies(
  api: Api,
  kind: EntityKind,
  name: string,
  signal?: AbortSignal,
): Promise<{ readonly name: string; readonly arn: string }[]> {
  const found = await pages(api, `ListAttached${TITLES[kind]}Policies`, named(kind, name), 'AttachedPolicies', signal);
  return found.map((each) => ({ name: textOf(each, 'PolicyName') ?? '', arn: textOf(each, 'PolicyArn') ?? '' }));
}

export function attachPolicy(api: Api, kind: EntityKind, name: string, arn: string): Promise<unknown> {
  return api.query('iam', `Attach${TITLES[kind]}Policy`, { ...named(kind, name), PolicyArn: arn });
}

export function detachPolicy(api: Api, kind: EntityKind, name: string, arn: string): Promise<unknown> {
  return api.query('iam', `Detach${TITLES[kind]}Policy`, { ...named(kind, name), PolicyArn: arn });
}

export async function groupsOf(api: Api, user: string, signal?: AbortSignal): Promise<string[]> {
  const found = await pages(api, 'ListGroupsForUser', { UserName: user }, 'Groups', signal);
  return found.map((each) => textOf(each, 'GroupName') ?? '');
}

export async function membersOfGroup(api: Api, group: string, signal?: AbortSignal): Promise<string[]> {
  const found = await pages(api, 'GetGroup', { GroupName: group }, 'Users', signal);
  return found.map((each) => textOf(each, 'UserName') ?? '');
}

export function addToGroup(api: Api, group: string, user: string): Promise<unknown> {
  return api.query('iam', 'AddUserToGroup', { GroupName: group, UserName: user });
}

export function removeFromGroup(api: Api, group: string, user: string): Promise<unknown> {
  return api.query('iam', 'RemoveUserFromGroup', { GroupName: group, UserName: user });
}

export async function hasPassword(api: Api, user: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await api.query('iam', 'GetLoginProfile', { UserName: user }, signal);
    return true;
  } catch (e) {
    if (e instanceof AwsError && e.code === 'NoSuchEntity') {
      return false;
    }
    throw e;
  }
}

export function setPassword(api: Api, user: string, password: string, isNew: boolean): Promise<unknown> {
  return api.query('iam', isNew ? 'CreateLoginProfile' : 'UpdateLoginProfile', { UserName: user, Password: password });
}

export function deletePassword(api: Api, user: string): Promise<unknown> {
  return api.query('iam', 'DeleteLoginProfile', { UserName: user });
}

/** @param user undefined for whoever is signed in */
export async function listAccessKeys(api: Api, user: string | undefined, signal?: AbortSignal): Promise<AccessKey[]> {
  const found = await pages(api, 'ListAccessKeys', ofUser(user), 'AccessKeyMetadata', signal);
  return found.map((each) => ({
    id: textOf(each, 'AccessKeyId') ?? '',
    status: textOf(each, 'Status') ?? '',
    createdAt: textOf(each, 'CreateDate'),
  }));
}

/** The secret is told this once. */
export async function createAccessKey(api: Api, user: string | undefined): Promise<NewAccessKey> {
  const made = childOf(await api.query('iam', 'CreateAccessKey', ofUser(user)), 'AccessKey');
  return {
    id: (made && textOf(made, 'AccessKeyId')) ?? '',
    secret: (made && textOf(made, 'SecretAccessKey')) ?? '',
  };
}

export function setAccessKeyStatus(api: Api, user: string | undefined, id: string, status: string): Promise<unknown> {
  return api.query('iam', 'UpdateAccessKey', { ...ofUser(user), AccessKeyId: id, Status: status });
}

export function deleteAccessKey(api: Api, user: string | undefined, id: string): Promise<unknown> {
  return api.query('iam', 'DeleteAccessKey', { ...ofUser(user), AccessKeyId: id });
}

export async function listPolicies(api: Api, signal?: AbortSignal): Promise<ManagedPolicy[]> {
  return (await pages(api, 'ListPolicies', { Scope: 'All' }, 'Policies', signal)).map(managed);
}

export async function getPolicy(api: Api, arn: string, signal?: AbortSignal): Promise<ManagedPolicy> {
  const found = childOf(await api.query('iam', 'GetPolicy', { PolicyArn: arn }, signal), 'Policy');
  if (found === undefined) {
    throw new Error(`The server tells nothing of ${arn}.`);
  }
  return managed(found);
}

export async function policyDocument(api: Api, arn: string, version: string, signal?: AbortSignal): Promise<string> {
  const answer = await api.query('iam', 'GetPolicyVersion', { PolicyArn: arn, VersionId: version }, signal);
  const found = childOf(answer, 'PolicyVersion');
  return decodeURIComponent((found && textOf(found, 'Document')) ?? '');
}

export function createPolicy(api: Api, name: string, document: string): Promise<unknown> {
  return api.query('iam', 'CreatePolicy', { PolicyName: name, PolicyDocument: document });
}

/** A new version becomes the one that counts; of five the oldest makes room. */
export async function changePolicy(api: Api, arn: string, document: string): Promise<void> {
  const versions = await policyVersions(api, arn);
  const oldest = versions.filter((each) => !each.isDefault).at(-1);
  if (versions.length >= 5 && oldest !== undefined) {
    await api.query('iam', 'DeletePolicyVersion', { PolicyArn: arn, VersionId: oldest.id });
  }
  await api.query('iam', 'CreatePolicyVersion', { PolicyArn: arn, PolicyDocument: document, SetAsDefault: 'true' });
}

export async function deletePolicy(api: Api, arn: string): Promise<void> {
  for (const version of await policyVersions(api, arn)) {
    if (!version.isDefault) {
      await api.query('iam', 'DeletePolicyVersion', { PolicyArn: arn, VersionId: version.id });
    }
  }
  await api.query('iam', 'DeletePolicy', { PolicyArn: arn });
}

/** The newest first. */
async function policyVersions(api: Api, arn: string): Promise<{ readonly id: string; readonly isDefault: boolean }[]> {
  const found = await pages(api, 'ListPolicyVersions', { PolicyArn: arn }, 'Versions');
  return found
    .map((each) => ({ id: textOf(each, 'VersionId') ?? '', isDefault: textOf(each, 'IsDefaultVersion') === 'true' }))
    .sort((a, b) => Number(b.id.slice(1)) - Number(a.id.slice(1)));
}

/** JSON, set out in lines; as it is where it is no JSON. */
export function setOut(document: string | undefined): string {
  try {
    return JSON.stringify(JSON.parse(document ?? EMPTY), undefined, 2);
  } catch {
    return document ?? '';
  }
}

export async function pages(
  api: Api,
  action: string,
  parameters: Record<string, string>,
  list: string,
  signal?: AbortSignal,
): Promise<Element[]> {
  const all: Element[] = [];
  let marker: string | undefined;
  do {
    const page: Element = await api.query('iam', action, marker === undefined ? parameters : { ...parameters, Marker: marker }, signal);
    all.push(...membersOf(page, list));
    marker = textOf(page, 'IsTruncated') === 'true' ? textOf(page, 'Marker') : undefined;
  } while (marker !== undefined);
  return all;
}

function entity(kind: EntityKind, found: Element): Entity {
  const trust = textOf(found, 'AssumeRolePolicyDocument');
  const boundary = childOf(found, 'PermissionsBoundary');
  return {
    kind,
    name: textOf(found, `${TITLES[kind]}Name`) ?? '',
    arn: textOf(found, 'Arn') ?? '',
    path: textOf(found, 'Path') ?? '/',
    createdAt: textOf(found, 'CreateDate'),
    trust: trust === undefined ? undefined : decodeURIComponent(trust),
    boundary: boundary && textOf(boundary, 'PermissionsBoundaryArn'),
  };
}

function managed(found: Element): ManagedPolicy {
  const arn = textOf(found, 'Arn') ?? '';
  return {
    name: textOf(found, 'PolicyName') ?? '',
    arn,
    version: textOf(found, 'DefaultVersionId') ?? 'v1',
    attachments: Number(textOf(found, 'AttachmentCount') ?? 0),
    isAws: arn.startsWith('arn:aws:iam::aws:'),
  };
}

function named(kind: EntityKind, name: string): Record<string, string> {
  return { [`${TITLES[kind]}Name`]: name };
}

function ofUser(user: string | undefined): Record<string, string> {
  return user === undefined ? {} : { UserName: user };
}
