import { codeOf, inputsOf, type ApplicationDetail } from '../../aws/analytics';

/** Text, quoted names and comments, so that what stands in them is taken for nothing else. */
const TOKENS = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][\w$]*|\S/g;

/** Names of the streams that code of the SQL dialect creates, as the server knows them: in capitals unless they are quoted. */
export function streamsOfCode(code: string): string[] {
  const tokens = (code.match(TOKENS) ?? []).filter((token) => !token.startsWith('--') && !token.startsWith('/*'));
  const names: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const said = (offset: number) => tokens[at + offset]?.toUpperCase();
    if (said(0) !== 'CREATE') {
      continue;
    }
    const kind = said(1) === 'OR' && said(2) === 'REPLACE' ? 3 : 1;
    const name = tokens[at + kind + 1];
    if (said(kind) === 'STREAM' && name !== undefined) {
      names.push(name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toUpperCase());
    }
  }
  return [...new Set(names)];
}

/** What is left out: records that cannot be read, and rows for which an expression failed. */
const ERRORS = 'error_stream';

/** The in-application streams of an SQL application whose rows can be looked at: what its code makes, what it reads, what is left out. */
export function inAppStreams(application: ApplicationDetail): string[] {
  const inputs = inputsOf(application).flatMap((input) => input.InAppStreamNames ?? [`${input.NamePrefix}_001`]);
  const streams = [...new Set([...streamsOfCode(codeOf(application)), ...inputs])];
  const hasErrors = inputs.length > 0 && !streams.some((each) => each.toLowerCase() === ERRORS);
  return hasErrors ? [...streams, ERRORS] : streams;
}
