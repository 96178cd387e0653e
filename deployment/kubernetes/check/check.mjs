// Checks the manifests of the folder above against the schemas of Kubernetes's API, that they name no secret and no policy that is not
// there, and that each service has the settings and secrets that docker-compose.yml gives it:  npm ci && npm test
// The schemas let pass what they do not know, so a misspelt property that need not be there is not seen.
import fs from "node:fs";
import path from "node:path";
import { parse, parseAllDocuments } from "yaml";

const folder = process.argv[2] ?? path.join(import.meta.dirname, "..");
const prepared = fs.readFileSync(path.join(import.meta.dirname, "../../compose/prepare"), "utf8");
const policies = fs.readdirSync(path.join(import.meta.dirname, "../../compose/policies"));
const compose = parse(fs.readFileSync(path.join(import.meta.dirname, "../../../docker-compose.yml"), "utf8"), { merge: true });
// What .env changes, with the default that the service has by itself, and what the profiles are for.
const OF_COMPOSE = new Set(`RIACHO_ACCOUNTID RIACHO_REGION RIACHO_STREAMS_LIMITS_ENABLED RIACHO_STREAMS_LOG_DURABILITY RIACHO_FIREHOSE_MEMORY
  SPRING_CONFIG_ADDITIONALLOCATION RIACHO_ANALYTICS_FLINK_URL RIACHO_ANALYTICS_FLINK_JARS RIACHO_ANALYTICS_FLINK_CHECKPOINTS
  RIACHO_ANALYTICS_FLINK_MANAGEDMEMORY`.split(/\s+/));
let good = 0;
const bad = [];

function compare(file, manifest) {
  const service = compose.services[manifest.metadata.name];
  if (manifest.kind !== "StatefulSet" || service?.build === undefined) return;
  const { containers, volumes } = manifest.spec.template.spec;
  const settings = new Set(containers[0].env.map(({ name }) => name));
  for (const name of Object.keys(service.environment)) {
    if (!OF_COMPOSE.has(name) && !settings.has(name)) bad.push(`${file}: compose sets ${name}`);
  }
  const { items } = volumes.find(({ name }) => name === "secrets").secret;
  for (const secret of service.secrets) {
    const { source, target } = typeof secret === "string" ? { source: secret, target: secret } : secret;
    if (!items.some(({ key, path: at }) => key === source && at === target)) bad.push(`${file}: compose gives the secret ${source} as ${target}`);
  }
}

function inspect(file, node, at) {
  if (Array.isArray(node)) {
    node.forEach((part, i) => inspect(file, part, `${at}/${i}`));
    return;
  }
  if (node === null || typeof node !== "object") return;
  if (node.secretName === "riacho") {
    for (const { key } of node.items) {
      const [service, kind] = key.split(".");
      const isMade = kind === "crt" || kind === "key" ? new RegExp(`\\b${service}\\b`).test(prepared)
        : prepared.includes(key) || /^(root|s3)-(access-key-id|secret-access-key)$/.test(key);
      if (!isMade) bad.push(`${file}${at}: prepare makes no secret ${key}`);
    }
  }
  if (typeof node.value === "string" && node.value.startsWith("/etc/riacho/policies/")) {
    if (!policies.includes(path.basename(node.value))) bad.push(`${file}${at}: no policy ${node.value}`);
  }
  for (const [name, part] of Object.entries(node)) inspect(file, part, `${at}/${name}`);
}

for (const name of fs.readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
  for (const document of parseAllDocuments(fs.readFileSync(path.join(folder, name), "utf8"), { uniqueKeys: true })) {
    if (document.errors.length > 0) {
      bad.push(`${name}: ${document.errors[0].message}`);
      continue;
    }
    const manifest = document.toJS();
    try {
      const Model = (await import(`kubernetes-models/${manifest.apiVersion}`))[manifest.kind];
      new Model(manifest).validate();
      inspect(name, manifest, "");
      compare(name, manifest);
      good++;
    } catch (error) {
      bad.push(`${name}: ${manifest.kind}: ${error.message}`);
    }
  }
}
bad.forEach((line) => console.error(line));
console.log(`${good} manifests are valid, ${bad.length} complaints`);
process.exit(bad.length > 0 || good === 0 ? 1 : 0);
