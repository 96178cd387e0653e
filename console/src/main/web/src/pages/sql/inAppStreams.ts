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

/** The in-application streams of an SQL application whose rows can be looked at: what its code makes, and what it reads. */
export function inAppStreams(application: ApplicationDetail): string[] {
  const inputs = inputsOf(application).flatMap((input) => input.InAppStreamNames ?? [`${input.NamePrefix}_001`]);
  return [...new Set([...streamsOfCode(codeOf(application)), ...inputs])];
}
