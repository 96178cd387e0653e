// A worker: starts aws-kcl's daemon, which starts processor.js for each shard, and ends all of them when standard input ends.
// Arguments: stream, application, journal, worker. Endpoint, credentials and region come from the environment.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawn } = require('child_process');

const [stream, application, journal, worker] = process.argv.slice(2);
const properties = `${journal}.properties`;
fs.writeFileSync(properties, `
executableName = ${process.execPath} ${path.join(__dirname, 'processor.js')}
processingLanguage = nodejs
streamName = ${stream}
applicationName = ${application}
workerId = ${worker}
AwsCredentialsProvider = DefaultCredentialsProvider
regionName = ${process.env.AWS_REGION}
initialPositionInStream = TRIM_HORIZON
failoverTimeMillis = 3000
shardSyncIntervalMillis = 500
maxLeasesToStealAtOneTime = 4
parentShardPollIntervalMillis = 500
`);

const bootstrap = path.join(__dirname, 'node_modules', 'aws-kcl', 'bin', 'kcl-bootstrap');
const daemon = spawn(process.execPath, [
  bootstrap, '--properties', properties, '--java', process.env.JAVA, '--jar-path', path.join(__dirname, 'jars'), '--execute',
], { detached: true, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, JOURNAL: journal } });
daemon.on('exit', code => process.exit(code ?? 1));

process.stdin.resume();
process.stdin.on('end', () => {
  daemon.removeAllListeners('exit');
  signal('SIGTERM');
  const started = Date.now();
  setInterval(() => {
    if (!signal(Date.now() - started < 20_000 ? 0 : 'SIGKILL')) {
      process.exit(0);
    }
  }, 100);
});

// To all of the daemon's processes; false when none is left.
function signal(name) {
  try {
    process.kill(-daemon.pid, name);
    return true;
  } catch {
    return false;
  }
}
