import type { Problem } from '../../ui/CodeEditor';
import { AwsError } from '../../aws/error';

/** Where text is no JSON, as far as the browser says; undefined where it is. */
export function jsonProblem(text: string): Problem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (e) {
    const said = e instanceof Error ? e.message : String(e);
    const [, line, column] = /line (\d+) column (\d+)/.exec(said) ?? [];
    if (line !== undefined) {
      return { line: Number(line), column: Number(column), message: 'This is no JSON.' };
    }
    const [, at] = /position (\d+)/.exec(said) ?? [];
    const before = text.slice(0, at === undefined ? text.length : Number(at)).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: 'This is no JSON.' };
  }
}

/** Where the server says that a policy is wrong, if it does. */
export function placeIn(error: unknown): Problem | undefined {
  if (!(error instanceof AwsError)) {
    return undefined;
  }
  const [, line, column] = /line (\d+),? column (\d+)/i.exec(error.message) ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column), message: error.message };
}
