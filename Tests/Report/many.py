#!/usr/bin/env python3
"""Writes a list of COUNT markers over the statements of a C file, each with a name of its own.

    many.py FILE.c COUNT
"""

import pathlib
import sys

# Parameters and locals of the example; those that are not in scope at a line make findings, as in real lists.
EXPRESSIONS = ["sum", "request->sector", "device->busy", "dispatched", "queue->depth", "i", "bytes[0]"]


def main():
    path, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    lines = [number for number, text in enumerate(path.read_text().splitlines(), 1) if text.endswith(";") and text.startswith("\t")]
    for number in range(count):
        line = lines[number * 7 % len(lines)]
        wanted = [EXPRESSIONS[(number + step) % len(EXPRESSIONS)] for step in range(number % 3 + 1)]
        print(f"load{number % 12}:marker_{number:05} {path.name}:{line} {', '.join(wanted)}")


if __name__ == "__main__":
    main()
