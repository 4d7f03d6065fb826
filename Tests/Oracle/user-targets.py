#!/usr/bin/env python3
"""Lists the functions of a program as questions about user probes.

    user-targets.py PROGRAM [--nm COMMAND] [--readelf COMMAND] [--steps]

Writes CSV with the columns addr (user:FILE-OFFSET), symbol, offset; with --steps those of the functions s_NAME, and
addr is run:FILE-OFFSET:NAME.
"""
import argparse
import subprocess


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--readelf", default="readelf")
    parser.add_argument("--steps", action="store_true")
    options = parser.parse_args()
    loads = [line.split() for line in output(options.readelf, "-lW", options.program) if " LOAD " in f" {line} "]
    segments = [(int(f[2], 16), int(f[1], 16), int(f[4], 16)) for f in loads]
    print("addr,symbol,offset")
    for line in output(options.nm, "-n", options.program):
        address, kind, name = line.split()[:3]
        place = int(address, 16)
        if kind not in "tT" or name[0] in "_$" or options.steps != name.startswith("s_"):
            continue
        for start, offset, size in segments:
            if start <= place < start + size:
                where = f"{place - start + offset:#x}"
                print(f"run:{where}:{name[2:]},{name},0" if options.steps else f"user:{where},{name},0")


if __name__ == "__main__":
    main()
