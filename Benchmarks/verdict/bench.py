#!/usr/bin/env python3
"""Times `markers verdict` on many addresses of a vmlinux, whole processes.

    bench.py VMLINUX [--count 100000] [--runs 5] [--tool PATH] [--goal SECONDS]

The addresses are drawn by Tests/Oracle/draw.py with a fixed seed. Prints the median and the lowest wall and CPU time and
the highest peak memory. Exit status 1 when the median of the wall time misses the goal.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]


def draw(vmlinux, count, path):
    """Writes the list; returns how many addresses it holds, each once."""
    command = [sys.executable, str(CHECKOUT / "Tests/Oracle/draw.py"), vmlinux, str(count), "--seed", "3"]
    rows = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    path.write_text("".join(row.split(",")[0] + "\n" for row in rows))
    return len(rows)


def measure(command):
    """Seconds of wall time, seconds of user and system time, KiB of peak resident memory."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench.py: {' '.join(command)} exited with {process.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vmlinux")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tool", default=str(CHECKOUT / ".build/release/markers"))
    parser.add_argument("--goal", type=float, default=2.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        addresses = pathlib.Path(work, "addresses")
        count = draw(options.vmlinux, options.count, addresses)
        command = [options.tool, "verdict", options.vmlinux, "--addresses", str(addresses), "--format", "csv"]
        runs = [measure(command) for _ in range(options.runs)]
    wall, cpu, peak = zip(*runs)
    load = os.getloadavg()[0]
    print(f"{count} addresses, {options.runs} runs, {os.cpu_count()} processors, load {load:.1f}")
    print(f"wall {statistics.median(wall):.2f} s (lowest {min(wall):.2f})"
          f"  CPU {statistics.median(cpu):.2f} s (lowest {min(cpu):.2f})  peak {max(peak) // 1024} MiB")
    return statistics.median(wall) > options.goal


if __name__ == "__main__":
    sys.exit(main())
