#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Give damaged files to every command: it must end with an answer or an error, whatever it reads.

    fuzz.py [--cases N | --seconds S] [--seed N] [--jobs N] [--tool PATH] [--case N] [--keep DIR]
            [--image FILE --list LIST]

Each case is a seed file of seeds.py, damaged, and one command. A case is a failure when the program is ended by a
signal (Swift traps included), takes more than 20 s of CPU time or 4 GiB, exits with anything but 0, 1 or 2, exits
with 2 and no error message, or answers with JSON that is none. The same seed and number give the same case:
`--case N` runs one again, `--keep DIR` keeps the damaged files of failures. Exit 1 for any failure.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
from damage import damage  # noqa: E402
from seeds import Seed, make_seeds  # noqa: E402

CPU_SECONDS = 20
WALL_SECONDS = 300
MEMORY = 4 << 30
# Markers of the seeds' list and records.
SHOWN = ["walk", "fold", "members", "counter", "addressed", "dispatch"]


@dataclass
class Outcome:
    number: int
    command: list
    fault: str = ""
    status: int = 0


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def command_line(generator, seed, damaged, scratch):
    """One command for the damaged file; a damaged list is given with the image that its seed names."""
    image, lists = (seed.image, [damaged]) if seed.kind == "list" else (damaged, [seed.list] if seed.list else [])
    options = [word for path in lists for word in ("--markers", str(path))]
    choice = generator.randrange(10)
    if choice < 4:
        return ["resolve", str(image), *options, "--format", "json"]
    if choice < 6:
        return ["lint", str(image), *options, *generator.choice([[], ["--format", "json"]])]
    if choice < 8:
        return ["emit", str(image), *options, "--approximate", "--keep-refused"]
    if choice == 8 and generator.random() < 0.6:
        if generator.random() < 0.5:
            return ["report", "--html", "-", str(image), *options]
        return ["show", generator.choice(SHOWN), str(image), *options]
    if choice == 8:
        return ["scan", str(image), *generator.choice([[], ["--format", "json"]])]
    if generator.random() < 0.5:
        return ["scan", "--zero-cost", str(seed.path), str(image)]
    addresses = scratch / "addresses"
    addresses.write_text("0x401000\nwalk+0x4\nmain\n_start+1\n0\n0xffffffffffffffff\n0x10004\n")
    return ["verdict", str(image), "--addresses", str(addresses), "--format", "json"]


def fault(arguments, finished):
    errors = finished.stderr.decode(errors="replace")
    if finished.returncode < 0:
        return f"signal {-finished.returncode}: " + " ".join(errors.split())[:400]
    if finished.returncode not in (0, 1, 2):
        return f"exit status {finished.returncode}: {errors[:200]}"
    if "Fatal error" in errors or "AddressSanitizer" in errors:
        return errors[:400]
    if finished.returncode == 2 and "error" not in errors:
        return "exit status 2 without an error"
    if "json" in arguments and finished.stdout:
        try:
            json.loads(finished.stdout)
        except ValueError as problem:
            return f"no JSON: {problem}"
    return ""


def run_case(options, seeds, number):
    generator = random.Random(options.seed * 1_000_003 + number)
    seed = generator.choice(seeds)
    with tempfile.TemporaryDirectory(prefix="markers-fuzz-") as directory:
        scratch = Path(directory)
        damaged = scratch / seed.path.name
        damaged.write_bytes(damage(generator, seed))
        arguments = command_line(generator, seed, damaged, scratch)
        outcome = Outcome(number, arguments)
        try:
            finished = subprocess.run([options.tool, *arguments], capture_output=True, stdin=subprocess.DEVNULL,
                                      env={**os.environ, "SWIFT_BACKTRACE": "enable=no"}, timeout=WALL_SECONDS, preexec_fn=limit)
            outcome.fault, outcome.status = fault(arguments, finished), finished.returncode
        except subprocess.TimeoutExpired:
            outcome.fault = f"no end after {WALL_SECONDS} s"
        if outcome.fault and options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{options.seed}-{number}-{damaged.name}").write_bytes(damaged.read_bytes())
    return outcome


def numbers(options):
    if options.case is not None:
        yield options.case
        return
    end = time.monotonic() + options.seconds if options.seconds else None
    number = 0
    while number < options.cases if end is None else time.monotonic() < end:
        yield number
        number += 1


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tool", default=str(HERE.parents[1] / ".build/debug/markers"))
    parser.add_argument("--case", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--image", type=Path, help="a further image to damage")
    parser.add_argument("--list", type=Path, help="the markers to resolve in it")
    return parser.parse_args()


def main():
    options = parse()
    counts = {}
    failed = 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="markers-seeds-") as directory, \
            ThreadPoolExecutor(options.jobs) as pool:
        seeds = make_seeds(Path(directory))
        if options.image:
            seeds = [Seed(options.image, "image", options.list)]
        pending = []
        for number in numbers(options):
            pending.append(pool.submit(run_case, options, seeds, number))
            while len(pending) > 4 * options.jobs:
                pending[0].result()
                failed += tell(pending.pop(0).result(), counts, options)
        for task in pending:
            failed += tell(task.result(), counts, options)
    total = sum(counts.values())
    statuses = ", ".join(f"exit {status}: {count}" for status, count in sorted(counts.items()))
    print(f"{total} damaged files in {time.monotonic() - started:.0f} s, {failed} failures ({statuses})")
    return 1 if failed or not total else 0


def tell(outcome, counts, options):
    counts[outcome.status] = counts.get(outcome.status, 0) + 1
    if not outcome.fault:
        return 0
    print(f"FAILED: case {outcome.number} of seed {options.seed}: {' '.join(outcome.command)}: {outcome.fault}",
          flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
