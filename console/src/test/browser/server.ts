import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');
const STARTS_WITHIN_MILLIS = 120_000;

/** The root's access key of the server that is tested. */
export const ROOT_KEY = { id: 'AKIAROOTOFTHECONSOLE', secret: 'not-a-secret-but-long-enough' };

export interface TestServer {
  readonly url: string;
  /** Its own S3. */
  readonly s3: string;
  /** Another port at which the console may be opened, where nobody listens: for what stands between a browser and the server. */
  readonly gateway: number;
}

/** For tests, which run in other processes than this. */
export function server(): TestServer {
  return { url: process.env['RIACHO_URL'] ?? '', s3: process.env['RIACHO_S3_URL'] ?? '', gateway: Number(process.env['RIACHO_GATEWAY_PORT']) };
}

/** Starts the packaged server on a free port with a folder of its own; ends it when all tests are done. */
export default async function start(): Promise<() => Promise<void>> {
  const jar = process.env['RIACHO_JAR'] ?? join(ROOT, 'standalone/target/riacho.jar');
  if (!existsSync(jar)) {
    throw new Error(`${jar} is missing: ./mvnw -pl standalone -am package makes it`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'riacho-console-'));
  const port = await freePort();
  const tls = await freePort();
  const s3 = await freePort();
  const gateway = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'log');
  const log = openSync(logFile, 'w');
  const child = spawn(
    javaOf(),
    ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx512m', '--enable-native-access=ALL-UNNAMED', '-jar', jar,
      `--server.port=${port}`, `--riacho.tls.port=${tls}`, `--riacho.s3.port=${s3}`, '--riacho.auth.access-token-lifetime=1m',
      `--riacho.console.origins=${url},http://127.0.0.1:${gateway}`],
    {
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        RIACHO_DATA: join(folder, 'data'),
        RIACHO_ROOT_ACCESS_KEY_ID: ROOT_KEY.id,
        RIACHO_ROOT_SECRET_ACCESS_KEY: ROOT_KEY.secret,
      },
    },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const deadline = Date.now() + STARTS_WITHIN_MILLIS;
  while (!(await isUp(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start:\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  process.env['RIACHO_URL'] = url;
  process.env['RIACHO_S3_URL'] = `http://127.0.0.1:${s3}`;
  process.env['RIACHO_GATEWAY_PORT'] = String(gateway);
  return async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/actuator/health`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A JDK that the server runs on, wherever the build's own script finds one. */
function javaOf(): string {
  const script = `. '${ROOT}/.mvn/find-jdk.sh' && riacho_find_jdk && printf %s "$JAVA_HOME"`;
  return join(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), 'bin/java');
}
