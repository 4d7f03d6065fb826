#!/usr/bin/env python3
"""Draws addresses of a kernel's text at random.

    draw.py VMLINUX COUNT [--seed N] [--objdump COMMAND] [--inside PERCENT] [--places]

Most are starts of instructions of functions, as objdump and the symbols' sizes give them; PERCENT (by default 10)
are moved by a random number of bytes, so that they may lie inside an instruction or after a function. With --places
they lie instead at or near the places that rules are about, as many near each kind: entries of tables, starts and
ends of functions, special areas. Writes CSV with the columns addr, symbol, offset.
"""
import argparse
import bisect
import csv
import random
import subprocess
import sys

import places


def symbols(path):
    """The text symbols in ascending order: address, end by the symbol's own size, name."""
    lines = subprocess.run(["nm", "-nS", path], capture_output=True, text=True, check=True).stdout.splitlines()
    fields = [line.split() for line in lines]
    sized = [f for f in fields if len(f) == 4 and f[2] in "tTwW" and f[3][0] not in "$."]
    return [(int(f[0], 16), int(f[0], 16) + int(f[1], 16), f[3]) for f in sized]


class Functions:
    def __init__(self, found):
        self.found = found
        self.starts = [start for start, _, _ in found]

    def at(self, address):
        """The last function that starts at or before the address."""
        index = bisect.bisect_right(self.starts, address) - 1
        return self.found[index] if index >= 0 else (0, 0, "")

    def holds(self, address):
        start, end, _ = self.at(address)
        return start <= address < end


def instructions(path, objdump):
    """The addresses of all instructions in executable sections."""
    process = subprocess.Popen([*objdump.split(), "-d", "--no-show-raw-insn", path], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        head, colon, _ = line.partition(":\t")
        if colon and head.strip() and head[0] in " 0123456789abcdef":
            try:
                yield int(head, 16)
            except ValueError:
                pass


def sample(addresses, count, source):
    """Reservoir sampling: every address is as likely as any other."""
    chosen = []
    for number, address in enumerate(addresses):
        if number < count:
            chosen.append(address)
        elif (place := source.randrange(number + 1)) < count:
            chosen[place] = address
    return chosen


def at_places(path, count, source):
    """Addresses of every kind in turn, each moved by a few bytes half the time."""
    kinds = places.Kernel(path).places()
    drawn = []
    for kind, found in kinds.items():
        chosen = [source.choice(found) for _ in range(count // len(kinds))]
        drawn += [a if source.randrange(2) else a + source.randrange(-6, 12) for a in chosen]
    return drawn


def at_instructions(path, options, functions, source):
    found = (a for a in instructions(path, options.objdump) if functions.holds(a))
    chosen = sample(found, options.count, source)
    return [a + source.randrange(1, 8) if source.randrange(100) < options.inside else a for a in chosen]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vmlinux")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--objdump", default="objdump")
    parser.add_argument("--inside", type=int, default=10)
    parser.add_argument("--places", action="store_true")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", file=sys.stderr)
    source = random.Random(seed)
    functions = Functions(symbols(options.vmlinux))
    if options.places:
        drawn = at_places(options.vmlinux, options.count, source)
    else:
        drawn = at_instructions(options.vmlinux, options, functions, source)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["addr", "symbol", "offset"])
    for address in sorted(set(drawn)):
        start, _, name = functions.at(address)
        out.writerow([f"{address:x}", name, address - start if name else ""])


if __name__ == "__main__":
    main()
