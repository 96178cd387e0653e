import type { Api } from './api';
import { listEntities } from './iam';

/** ARNs of the roles that trust a service; whom they trust else does not matter. */
export async function rolesFor(api: Api, service: string, signal?: AbortSignal): Promise<string[]> {
  const roles = await listEntities(api, 'role', signal);
  return roles.filter((role) => role.trust?.includes(`"${service}"`)).map((role) => role.arn);
}
