"""Asks a running Prometheus every question of the dashboards and looks at its rules and targets.

    dashboards.py URL-OF-PROMETHEUS

Fails where a target is down, a rule or a question is one that Prometheus does not take, or a dashboard names a source that is not
provisioned. Tells which questions have no answer: their metrics come only where what they tell of happens.
"""

import glob
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "compose")
url = sys.argv[1]


def ask(path, **parameters):
    try:
        with urllib.request.urlopen(f"{url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}", timeout=15) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as refusal:
        raise SystemExit(f"{parameters}: {refusal.read().decode()}") from refusal


targets = ask("targets", state="active")["activeTargets"]
down = [f"{target['scrapeUrl']}: {target['lastError']}" for target in targets if target["health"] != "up"]
if down or not targets:
    raise SystemExit(f"targets are not up: {down}")
print("targets: " + ", ".join(sorted(target["scrapeUrl"] for target in targets)) + " are up")

rules = [rule for group in ask("rules")["groups"] for rule in group["rules"]]
bad = [f"{rule['name']}: {rule.get('lastError')}" for rule in rules if rule["health"] == "err"]
if bad or not rules:
    raise SystemExit(f"rules are not good: {bad}")
firing = sorted(rule["name"] for rule in rules if rule.get("state") == "firing")
print(f"rules: {len(rules)} are loaded, none fails; firing: {', '.join(firing) or 'none'}")


def source_names():
    """The uids that provisioning gives."""
    found = set()
    for path in glob.glob(HERE + "/grafana/provisioning/datasources/*.yml"):
        with open(path, encoding="utf-8") as file:
            found.update(re.findall(r"^\s*uid: (\S+)", file.read(), re.M))
    return found


def panels(parts):
    for part in parts:
        yield part
        yield from panels(part.get("panels", []))


asked, silent, uids = 0, [], set()
for path in sorted(glob.glob(HERE + "/grafana/dashboards/*.json")):
    with open(path, encoding="utf-8") as file:
        dashboard = json.load(file)
    if dashboard["uid"] in uids:
        raise SystemExit(f"{path}: another dashboard has the uid {dashboard['uid']}")
    uids.add(dashboard["uid"])
    for panel in panels(dashboard["panels"]):
        for target in panel.get("targets", []):
            for source in (panel.get("datasource"), target.get("datasource")):
                if source and source["uid"] not in source_names() and not source["uid"].startswith(("$", "-")):
                    raise SystemExit(f"{path}: {panel['title']}: no source {source['uid']}")
            question = re.sub(r"\$__(rate_)?interval", "1m", target["expr"])
            question = re.sub(r"\$__range", "1h", question)
            question = re.sub(r"\$\{?[a-z_]+(:\w+)?\}?", ".*", question)
            asked += 1
            if not ask("query", query=question)["result"]:
                silent.append(f"{panel['title']}: {target['expr']}")
print(f"dashboards: {asked} questions of {len(uids)} dashboards are taken, {asked - len(silent)} have an answer")
for line in silent:
    print(f"  no answer now: {line}")
