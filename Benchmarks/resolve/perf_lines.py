#!/usr/bin/env python3
"""Turns a marker list into `perf probe` definitions, one a line: perf_lines.py LIST

perf's syntax has no casts and no container_of; such an argument is left out (a note on standard error says so).
"""

import re
import sys

MARKER = re.compile(r"^(?P<provider>[\w-]+):(?P<name>\w+)\s+(?P<place>\S+:\d+)\s*(?P<arguments>.*)$")
LABEL = re.compile(r"^(\w+)=(?!=)(.*)$", re.S)


def split_arguments(text):
    """Splits at commas outside parentheses and brackets."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text + ","):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [part for part in parts if part]


def perf_argument(text):
    """The argument in perf's syntax, or None when perf has no words for it."""
    match = LABEL.match(text)
    label, expression = (match[1], match[2]) if match else (None, text)
    if "(" in expression or "*" in expression:
        return None
    return f"{label}={expression}" if label else expression


def perf_line(line):
    """The definition for `perf probe -D`, or None for a line that holds no marker."""
    match = MARKER.match(line)
    if not match:
        return None
    words = [f"{match['provider']}:{match['name']}={match['place']}"]
    for argument in split_arguments(match["arguments"]):
        converted = perf_argument(argument)
        if converted is None:
            print(f"{match['name']}: left out '{argument}'", file=sys.stderr)
        else:
            words.append(converted)
    return " ".join(words)


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        print("\n".join(filter(None, map(perf_line, file))))
