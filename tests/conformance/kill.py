#!/usr/bin/env python3
"""Kills `generate -f pdf,docx` at random points and checks what the next run in that folder leaves.

    kill.py PROGRAM [COUNT]

Each round starts a run for one client over that client's earlier document and kills it with SIGKILL: in half of the rounds
after a random time, in the other half within milliseconds after its first temporary file, where it writes and renames.
Then another client's document is made in the same folder. After that the first client's two files must be from the same
run, the earlier or the killed one; the other client's must be right; and no other file may be there. Which run a file is
from is told by its digest: the same input makes the same bytes.
"""

import hashlib
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = ["generate", "-t", "one-pager", "--segment", "small", "--date", "2026-11-23", "-f", "pdf,docx", "--quiet"]
# The same file name for both, but other words: the earlier run and the one that is killed.
RUNS = {name: ["--set", "client.name=Golden Crust", "--set", f"rep.name={name}"] for name in ("Ada Early", "Lena Late")}
NEXT = ["--set", "client.name=Harbour"]


def start(program, folder, details):
    return subprocess.Popen([program, *WORDS, *details, "-o", folder], cwd=ROOT, stdout=subprocess.DEVNULL)


def finish(program, folder, details):
    if start(program, folder, details).wait() != 0:
        sys.exit(f"a run that was not killed failed: {details}")


def digests(folder):
    files = sorted(pathlib.Path(folder).iterdir())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def made_alone(program, details):
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        finish(program, folder, details)
        return digests(folder), time.monotonic() - began


def kill_at_random(process, folder, longest, near):
    """Waits for a random time, or for the first temporary file and some milliseconds, and kills."""
    if near:
        while process.poll() is None and not any(name.endswith(".part") for name in os.listdir(folder)):
            pass
        time.sleep(random.uniform(0, 0.015))
    else:
        time.sleep(random.uniform(0, longest))
    was_running = process.poll() is None
    process.kill()
    process.wait()
    return was_running


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    early, took = made_alone(program, RUNS["Ada Early"])
    late, _ = made_alone(program, RUNS["Lena Late"])
    other, _ = made_alone(program, NEXT)
    if early.keys() != late.keys() or any(early[name] == late[name] for name in early):
        sys.exit("the two runs must make the same names and different bytes")
    seen = {"killed": 0, "with files left behind": 0, "mixed until the next run": 0, "earlier": 0, "killed one": 0}
    for round_ in range(count):
        with tempfile.TemporaryDirectory() as folder:
            finish(program, folder, RUNS["Ada Early"])
            process = start(program, folder, RUNS["Lena Late"])
            seen["killed"] += kill_at_random(process, folder, took * 1.1, near=round_ % 2 == 1)
            at_kill = digests(folder)
            seen["with files left behind"] += at_kill.keys() != early.keys()
            pair = {name: at_kill.get(name) for name in early}
            seen["mixed until the next run"] += pair not in (early, late)
            finish(program, folder, NEXT)
            left = digests(folder)
            if left == early | other:
                seen["earlier"] += 1
            elif left == late | other:
                seen["killed one"] += 1
            else:
                sys.exit(f"round {round_}: a mixture or a leftover: {left}\nearlier {early}\nlater {late}\nother {other}")
    print(f"kill: {count} rounds without a mixture or a leftover:", ", ".join(f"{n} {what}" for what, n in seen.items()))
    if seen["killed"] == 0:
        sys.exit("no run was killed: the times are wrong")


main()
