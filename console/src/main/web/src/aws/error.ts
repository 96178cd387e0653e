/** What a server answered instead of what was asked for, in AWS's words. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly requestId: string | undefined,
  ) {
    super(message === '' ? code : message);
    this.name = 'AwsError';
  }
}

/** The permission that an error says is missing. */
export interface MissingPermission {
  readonly action: string;
  readonly resource: string | undefined;
}

const NOT_AUTHORIZED = /is not authorized to perform: ([\w-]+:[\w*]+)(?: on resource: (\S+?))?(?:[.,]?(?:\s|$))/;

export function missingPermission(error: unknown): MissingPermission | undefined {
  const found = error instanceof AwsError ? NOT_AUTHORIZED.exec(error.message) : null;
  return found === null ? undefined : { action: found[1] ?? '', resource: found[2] };
}

const OVER = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidToken',
  'InvalidTokenException',
]);

/** Whether the error says that the token is not taken any more. */
export function isSignedOut(error: AwsError): boolean {
  return error.status === 401 || OVER.has(error.code);
}

/** JSON protocols: `{"__type": "prefix#Code", "message": …}`; REST: problem details. */
export function errorOfJson(text: string, headers: Headers, status: number): AwsError {
  const body = parse(text);
  const code = text_(headers.get('x-amzn-ErrorType')) ?? text_(body['__type']) ?? text_(body['title']) ?? `HTTP ${status}`;
  const message = text_(body['message']) ?? text_(body['Message']) ?? text_(body['detail']) ?? '';
  return new AwsError(bare(code), message, status, text_(headers.get('x-amzn-RequestId')) ?? text_(body['requestId']));
}

/** The Query protocol: `<ErrorResponse><Error><Code>…`. */
export function errorOfXml(xml: Document, status: number): AwsError {
  const of = (name: string) => xml.getElementsByTagName(name)[0]?.textContent ?? undefined;
  return new AwsError(of('Code') ?? `HTTP ${status}`, of('Message') ?? '', status, of('RequestId'));
}

function bare(code: string): string {
  const withoutPrefix = code.slice(code.lastIndexOf('#') + 1);
  return withoutPrefix.split(':')[0] ?? withoutPrefix;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function text_(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
