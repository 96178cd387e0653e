/** When an hour, a day or a month begins, in UTC, by which usage is counted. */
export function periodOf(begin: string, granularity: 'hour' | 'day' | 'month'): string {
  const iso = new Date(begin).toISOString();
  switch (granularity) {
    case 'hour':
      return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
    case 'day':
      return iso.slice(0, 10);
    case 'month':
      return iso.slice(0, 7);
  }
}
