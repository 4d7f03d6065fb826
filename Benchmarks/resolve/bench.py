#!/usr/bin/env python3
"""Times `markers resolve` against `perf probe -D` for the same lines, whole processes, in one run.

    bench.py VMLINUX LIST [--counts 1,100,1000] [--runs 5] [--tool PATH] [--source DIR] [--peer-limit 100]

For each count the first lines of LIST are resolved: by one process of the tool, and by perf, which is asked for one definition
a process (one process for many definitions costs perf the same CPU time per definition, and ends at the first it cannot
resolve). Runs of the two alternate. Prints the median of wall and CPU time and the highest peak memory.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from perf_lines import perf_line  # noqa: E402


@dataclass
class Cost:
    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    succeeded: int = 0

    def add(self, other):
        self.wall += other.wall
        self.cpu += other.cpu
        self.peak = max(self.peak, other.peak)
        self.succeeded += other.succeeded


def measure(command):
    """The cost of one process: seconds, seconds of user and system time, KiB of peak resident memory."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss,
                int(process.returncode == 0)), process.returncode


def run_tool(options, lines):
    with tempfile.NamedTemporaryFile("w", suffix=".markers") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        command = [options.tool, "resolve", options.image, "--markers", file.name, "--format", "json"]
        cost, status = measure(command)
    if status > 1:
        sys.exit(f"bench.py: {' '.join(command)} exited with {status}")
    return cost


def run_perf(options, lines):
    total = Cost()
    source = ["-s", options.source] if options.source else []
    for line in lines:
        cost, _ = measure(["perf", "probe", "-k", options.image, *source, "-D", perf_line(line)])
        total.add(cost)
    return total


def for_both(options, lines, count):
    """The lines to time: for one, the first that perf resolves, too, so that no refusal is timed."""
    if count > 1:
        return lines[:count]
    return [next((line for line in lines[:50] if run_perf(options, [line]).succeeded), lines[0])]


def row(name, count, costs):
    wall = statistics.median(c.wall for c in costs)
    cpu = statistics.median(c.cpu for c in costs)
    peak = max(c.peak for c in costs) / 1024
    return f"| {count:>5} | {name:<12} | {wall:8.2f} s | {cpu:8.2f} s | {peak:6.0f} MiB | {len(costs):>4} |"


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("image")
    parser.add_argument("list")
    parser.add_argument("--counts", default="1,100,1000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tool", default=os.path.join(here, "../../.build/release/markers"))
    parser.add_argument("--source", help="the kernel's source, which perf wants for paths it cannot find")
    parser.add_argument("--peer-limit", type=int, default=100, help="ask perf for at most so many lines, and once only from 100 on")
    options = parser.parse_args()
    with open(options.list) as file:
        lines = [line.strip() for line in file if perf_line(line)]
    print("| lines | tool         |       wall |   CPU time |       peak | runs |")
    print("|------:|--------------|-----------:|-----------:|-----------:|-----:|")
    for count in map(int, options.counts.split(",")):
        chosen = for_both(options, lines, count)
        if len(chosen) < count:
            sys.exit(f"bench.py: {options.list} has {len(lines)} markers, {count} are wanted")
        ours, theirs = [], []
        for run in range(options.runs):
            ours.append(run_tool(options, chosen))
            if count <= options.peer_limit and (count < 100 or run == 0):
                theirs.append(run_perf(options, chosen))
        print(row("markers", count, ours), flush=True)
        if theirs:
            print(row("perf probe", count, theirs), f"{max(c.succeeded for c in theirs)} of {count} resolved", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
