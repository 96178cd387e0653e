// Checks the manifests of the folder above against the schemas of Kubernetes's API, and that they name no secret and no policy that is
// not there:  npm ci && npm test
// The schemas let pass what they do not know, so a misspelt property that need not be there is not seen.
import fs from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";

const folder = process.argv[2] ?? path.join(import.meta.dirname, "..");
const prepared = fs.readFileSync(path.join(import.meta.dirname, "../../compose/prepare"), "utf8");
const policies = fs.readdirSync(path.join(import.meta.dirname, "../../compose/policies"));
let good = 0;
const bad = [];

function inspect(file, node, at) {
  if (Array.isArray(node)) {
    node.forEach((part, i) => inspect(file, part, `${at}/${i}`));
    return;
  }
  if (node === null || typeof node !== "object") return;
  if (node.secretName === "riacho") {
    for (const { key } of node.items) {
      const [service, kind] = key.split(".");
      const isMade = kind === "crt" || kind === "key" ? new RegExp(`\\b${service}\\b`).test(prepared) : prepared.includes(key);
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
      good++;
    } catch (error) {
      bad.push(`${name}: ${manifest.kind}: ${error.message}`);
    }
  }
}
bad.forEach((line) => console.error(line));
console.log(`${good} manifests are valid, ${bad.length} complaints`);
process.exit(bad.length > 0 || good === 0 ? 1 : 0);
