#!/usr/bin/env python3
"""Kills `generate -f pdf,docx` at random points and checks what the next run in that folder leaves.

    kill.py PROGRAM [COUNT]

Each round starts a run for one client over that client's earlier document and kills it with SIGKILL: in a quarter of the
rounds after a random time, in the others within milliseconds after its first temporary file, or after it began to rename.
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
    words = [program, *WORDS, *details, "-o", folder]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(program, folder, details):
    process = start(program, folder, details)
    said = process.communicate()[1]
    if process.returncode != 0:
        sys.exit(f"a run that was not killed failed: {details}\n{said}")


def digests(folder):
    files = sorted(pathlib.Path(folder).iterdir())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def made_alone(program, details):
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        finish(program, folder, details)
        return digests(folder), time.monotonic() - began


def has_part(folder):
    """Whether the run has begun to write."""
    return any(name.endswith(".part") for name in os.listdir(folder))


def has_journal(folder):
    """Whether the run is about to rename."""
    try:
        return os.stat(os.path.join(folder, ".collateral-lock")).st_size > 0
    except FileNotFoundError:
        return False


# What is waited for, and how long at most after that, in seconds; nothing means the whole run.
POINTS = [(None, None), (has_part, 0.015), (has_journal, 0.03), (has_journal, 0.003)]


def kill_at_random(process, folder, took, point):
    """Waits for a random time, or for something to happen and a random time after that, and kills."""
    happens, longest = point
    while happens and process.poll() is None and not happens(folder):
        pass
    time.sleep(random.uniform(0, took * 1.1 if longest is None else longest))
    was_running = process.poll() is None
    process.kill()
    process.communicate()
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
            seen["killed"] += kill_at_random(process, folder, took, POINTS[round_ % len(POINTS)])
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
