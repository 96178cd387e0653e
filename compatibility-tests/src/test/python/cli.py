"""Runs commands of the AWS CLI for the compatibility tests: one JSON object a line on stdin, one JSON answer a line on stdout.

A command is {"arguments": ["iam", "list-users"], "environment": {...}}, an answer {"exit", "output", "errors"}.
Version 1 of the CLI is a library of Python's and runs in this process, which saves its start; version 2 is started for each.
"""

import contextlib
import io
import json
import os
import subprocess
import sys

try:
    from awscli.clidriver import create_clidriver
except ImportError:
    create_clidriver = None


def in_this_process(arguments):
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            code = create_clidriver().main(arguments)
        except SystemExit as end:
            code = end.code
    return {"exit": code or 0, "output": output.getvalue(), "errors": errors.getvalue()}


def in_another_process(arguments):
    ended = subprocess.run(["aws", *arguments], capture_output=True, text=True, check=False)
    return {"exit": ended.returncode, "output": ended.stdout, "errors": ended.stderr}


def main():
    run = in_this_process if create_clidriver else in_another_process
    before = []
    for line in sys.stdin:
        command = json.loads(line)
        for name in before:
            del os.environ[name]
        os.environ.update(command["environment"])
        before = list(command["environment"])
        print(json.dumps(run(command["arguments"])), flush=True)


main()
