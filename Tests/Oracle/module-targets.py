#!/usr/bin/env python3
"""Lists places of a module as questions: CSV with the columns addr (MODULE:SYMBOL+OFFSET), symbol, offset.

    module-targets.py MODULE.ko [--random COUNT] [--seed N] [--objdump COMMAND]

Without --random every byte of the functions mt_…; with it COUNT instructions of functions with a unique name, one in
ten moved by a random number of bytes.
"""
import argparse
import collections
import pathlib
import random
import re
import subprocess


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def every_byte(path):
    for line in output("nm", "-nS", path):
        fields = line.split()
        if len(fields) == 4 and "mt_" in fields[3] and fields[2] in "tT":
            yield from ((fields[3], offset) for offset in range(int(fields[1], 16)))


def instructions(path, objdump):
    """Symbol and offset of each instruction."""
    symbol, start = "", 0
    for line in output(*objdump.split(), "-d", "--no-show-raw-insn", path):
        if label := re.fullmatch(r"([0-9a-f]+) <(.+)>:", line):
            symbol, start = label[2], int(label[1], 16)
        elif place := re.match(r" *([0-9a-f]+):\t", line):
            yield symbol, int(place[1], 16) - start


def at_random(path, options):
    source = random.Random(options.seed)
    names = collections.Counter(line.split()[-1] for line in output("nm", path))
    found = [place for place in instructions(path, options.objdump) if names[place[0]] == 1]
    for symbol, offset in source.sample(found, min(options.random, len(found))):
        yield symbol, offset + (source.randrange(1, 8) if source.randrange(10) == 0 else 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("module", type=pathlib.Path)
    parser.add_argument("--random", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--objdump", default="objdump")
    options = parser.parse_args()
    places = at_random(options.module, options) if options.random else every_byte(options.module)
    print("addr,symbol,offset")
    for symbol, offset in places:
        print(f"{options.module.stem.replace('-', '_')}:{symbol}+{offset:#x},{symbol},{offset}")


if __name__ == "__main__":
    main()
