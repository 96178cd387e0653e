/** Lines that are not blank, trimmed, each once. */
export function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
}

/** `key=value` on each line; throws where a line is something else. */
export function contextOf(text: string): Record<string, string> {
  return Object.fromEntries(
    linesOf(text).map((line) => {
      const at = line.indexOf('=');
      if (at <= 0) {
        throw new Error(`${line} is no condition key with a value, such as aws:SourceIp=192.0.2.7.`);
      }
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
