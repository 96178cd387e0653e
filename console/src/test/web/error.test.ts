// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { AwsError, errorOfJson, errorOfXml, isSignedOut, missingPermission } from '../../main/web/src/aws/error';

const DENIED =
  'User: arn:aws:iam::000000000000:user/a is not authorized to perform: kinesis:ListShards on resource:' +
  ' arn:aws:kinesis:us-east-1:000000000000:stream/clicks because no identity-based policy allows the kinesis:ListShards action';

describe('An error', () => {
  it('of a JSON API has the code without its namespace', () => {
    const error = errorOfJson('{"__type": "com.amazon#ResourceNotFoundException:http://x", "message": "no"}', new Headers(), 400);
    expect([error.code, error.message]).toEqual(['ResourceNotFoundException', 'no']);
  });

  it('of the REST API is a problem detail', () => {
    const error = errorOfJson(
      '{"type": "urn:riacho:error:LimitExceededException", "title": "LimitExceededException", "status": 429, "detail": "too many", "requestId": "r1"}',
      new Headers(),
      429,
    );
    expect([error.code, error.message, error.requestId]).toEqual(['LimitExceededException', 'too many', 'r1']);
  });

  it('of the Query protocol is XML', () => {
    const xml = new DOMParser().parseFromString(
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>gone</Message></Error><RequestId>r2</RequestId></ErrorResponse>',
      'text/xml',
    );
    const error = errorOfXml(xml, 404);
    expect([error.code, error.message, error.requestId]).toEqual(['NoSuchEntity', 'gone', 'r2']);
  });

  it('that is none of these still has a code', () => {
    expect(errorOfJson('<html>', new Headers(), 502).code).toBe('HTTP 502');
  });

  it('names the permission that is missing', () => {
    expect(missingPermission(new AwsError('AccessDeniedException', DENIED, 400, undefined))).toEqual({
      action: 'kinesis:ListShards',
      resource: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks',
    });
    expect(missingPermission(new AwsError('ValidationException', 'no', 400, undefined))).toBeUndefined();
  });

  it('ends the session where the token is not taken, and not where a permission is missing', () => {
    expect(isSignedOut(new AwsError('InvalidClientTokenId', '', 403, undefined))).toBe(true);
    expect(isSignedOut(new AwsError('AccessDeniedException', DENIED, 403, undefined))).toBe(false);
  });
});
