const GOOD = new Set(['ACTIVE', 'RUNNING', 'ENABLED', 'Enabled', 'READY', 'Active']);
const BAD = new Set(['FAILED', 'CREATING_FAILED', 'DELETING_FAILED', 'SUSPENDED', 'PENDINGDELETION', 'PendingDeletion']);

/** A state, by colour and by its word. */
export function Status({ value }: { value: string }) {
  const kind = GOOD.has(value) ? 'good' : BAD.has(value) ? 'bad' : 'busy';
  return <span className={`status status-${kind}`}>{value.toLowerCase().replaceAll('_', ' ')}</span>;
}
