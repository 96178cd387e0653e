import type { Api } from './api';
import {
  attachedPolicies,
  getPolicy,
  groupsOf,
  inlineDocument,
  inlinePolicies,
  policyDocument,
  type EntityKind,
} from './iam';
import { childOf, membersOf, textOf } from './xml';

export interface Question {
  /** Who asks; undefined where only the policies given are looked at. */
  readonly principal?: string | undefined;
  /** Policies besides those that the principal has. */
  readonly policies: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Of the resource, such as a stream's. */
  readonly resourcePolicy?: string | undefined;
  readonly context: Readonly<Record<string, string>>;
}

/** What a statement that matched is part of, and where it stands there. */
export interface Matched {
  readonly policy: string;
  readonly type: string;
  readonly from: Place;
  readonly to: Place;
}

/** From 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Answer {
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  readonly matched: readonly Matched[];
  /** Condition keys that statements ask for, and nothing was said of. */
  readonly missing: readonly string[];
  /** Undefined where there is no boundary. */
  readonly allowedByBoundary: boolean | undefined;
}

export async function simulate(api: Api, question: Question): Promise<Answer[]> {
  const { principal, policies, actions, resources, resourcePolicy, context } = question;
  const parameters: Record<string, string> = {
    ...numbered('ActionNames', actions),
    ...numbered('ResourceArns', resources),
    ...numbered('PolicyInputList', policies),
    ...(principal === undefined ? {} : { PolicySourceArn: principal }),
    ...(resourcePolicy === undefined ? {} : { ResourcePolicy: resourcePolicy }),
  };
  Object.entries(context).forEach(([key, value], i) => {
    const entry = `ContextEntries.member.${i + 1}`;
    parameters[`${entry}.ContextKeyName`] = key;
    parameters[`${entry}.ContextKeyType`] = 'string';
    parameters[`${entry}.ContextKeyValues.member.1`] = value;
  });
  const action = principal === undefined ? 'SimulateCustomPolicy' : 'SimulatePrincipalPolicy';
  const answers: Answer[] = [];
  let marker: string | undefined;
  do {
    const page: Element = await api.query('iam', action, marker === undefined ? parameters : { ...parameters, Marker: marker });
    answers.push(...membersOf(page, 'EvaluationResults').map(answer));
    marker = textOf(page, 'IsTruncated') === 'true' ? textOf(page, 'Marker') : undefined;
  } while (marker !== undefined);
  return answers;
}

function answer(found: Element): Answer {
  const boundary = childOf(found, 'PermissionsBoundaryDecisionDetail');
  return {
    action: textOf(found, 'EvalActionName') ?? '',
    resource: textOf(found, 'EvalResourceName') ?? '',
    decision: (textOf(found, 'EvalDecision') ?? 'implicitDeny') as Answer['decision'],
    matched: membersOf(found, 'MatchedStatements').map((each) => ({
      policy: textOf(each, 'SourcePolicyId') ?? '',
      type: textOf(each, 'SourcePolicyType') ?? '',
      from: place(childOf(each, 'StartPosition')),
      to: place(childOf(each, 'EndPosition')),
    })),
    missing: membersOf(found, 'MissingContextValues').map((each) => each.textContent ?? ''),
    allowedByBoundary: boundary === undefined ? undefined : textOf(boundary, 'AllowedByPermissionsBoundary') === 'true',
  };
}

function place(found: Element | undefined): Place {
  return {
    line: Number((found && textOf(found, 'Line')) ?? 1),
    column: Number((found && textOf(found, 'Column')) ?? 1),
  };
}

function numbered(list: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, i) => [`${list}.member.${i + 1}`, value]));
}

/** Why it was decided so, in a sentence. */
export function reasonOf({ decision, matched, missing, allowedByBoundary }: Answer): string {
  const given = missing.length === 0 ? '' : ` Statements ask for ${missing.join(', ')}, of which nothing was said.`;
  switch (decision) {
    case 'allowed':
      return matched.length === 1 ? 'This statement allows it, and none denies it.' : 'These statements allow it, and none denies it.';
    case 'explicitDeny':
      return 'A statement denies it, which outweighs all that allow it.';
    case 'implicitDeny':
      return allowedByBoundary === false
        ? `The permissions boundary does not allow it, whatever the policies say.${given}`
        : `No statement allows it.${given}`;
  }
}

/** The part of a policy that a statement is; undefined where the policy is not known. */
export function statementOf(document: string | undefined, { from, to }: Matched): string | undefined {
  if (document === undefined) {
    return undefined;
  }
  const lines = document.split('\n').slice(from.line - 1, to.line);
  const last = lines.length - 1;
  const cut = lines.map((line, i) =>
    line.slice(i === 0 ? from.column - 1 : 0, i === last ? to.column - 1 : undefined),
  );
  return cut.length === 0 ? undefined : cut.join('\n');
}

/** The documents of all policies that a principal has, by the names that a simulation gives them. What may not be read is left out. */
export async function documentsOf(api: Api, arn: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const [, kind, path = ''] = /:(user|group|role)\/(.+)$/.exec(arn) ?? [];
  if (kind === undefined) {
    return found;
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  const owners: [EntityKind, string][] = [[kind as EntityKind, name]];
  if (kind === 'user') {
    for (const group of await orNothing(groupsOf(api, name))) {
      owners.push(['group', group]);
    }
  }
  for (const [ownerKind, owner] of owners) {
    for (const policy of await orNothing(inlinePolicies(api, ownerKind, owner))) {
      const [document] = await orNothing(inlineDocument(api, ownerKind, owner, policy).then((text) => [text]));
      if (document !== undefined && !found.has(policy)) {
        found.set(policy, document);
      }
    }
    for (const policy of await orNothing(attachedPolicies(api, ownerKind, owner))) {
      const [document] = await orNothing(
        getPolicy(api, policy.arn).then(async ({ version }) => [await policyDocument(api, policy.arn, version)]),
      );
      if (document !== undefined) {
        found.set(policy.arn, document);
      }
    }
  }
  return found;
}

async function orNothing<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked;
  } catch {
    return [];
  }
}
