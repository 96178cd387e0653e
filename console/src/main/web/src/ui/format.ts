const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** `12,345.6` */
export function number(value: number): string {
  return NUMBER.format(value);
}

/** `12.3K` */
export function short(value: number): string {
  return SHORT.format(value);
}

/** Bytes with binary units, as AWS counts them: `1.5 MiB`. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let rest = value;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit++;
  }
  return `${NUMBER.format(rest)} ${units[unit]}`;
}

/** `2 min 5 s`: the two largest units of a time in milliseconds. */
export function duration(millis: number): string {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const parts: string[] = [];
  let rest = Math.floor(millis / 1000);
  for (const [unit, seconds] of [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]] as const) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) {
      parts.push(`${count} ${unit}`);
    }
  }
  return parts.slice(0, 2).join(' ');
}

/** Date and time of day, of a number of milliseconds, an ISO text, or seconds as AWS's JSON has them. */
export function time(value: string | number | Date): string {
  return TIME.format(new Date(value));
}

export function clock(value: string | number | Date): string {
  return CLOCK.format(new Date(value));
}

/** AWS's JSON has seconds since 1970. */
export function ofSeconds(seconds: number): string {
  return time(seconds * 1000);
}

/** A percentage of a fraction. */
export function percent(fraction: number): string {
  return `${NUMBER.format(fraction * 100)} %`;
}
