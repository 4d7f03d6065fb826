#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Where the program that tells the truth cannot read a value, the fetch argument must fault, and nowhere else; and of
each such value M211 must have said that it may: faults.py TOOL PROGRAM TELLING_PROGRAM LEAST

At least LEAST values have to fault at some hit."""
import subprocess
import sys

import witness
from witness import logs

FAULT, MISSING = ord("!"), ord("-")


def recorded(program):
    log = program + ".log"
    subprocess.run([program], check=True, env={"TRUTH_LOG": log})
    return logs.read(log).marks


def traced(tool, program):
    """-> (the tool's markers, what its fetch arguments read)"""
    found = witness.markers(tool, program)
    witness.traced(program, found)
    return found, logs.read(program + ".log").marks


def told(marker):
    """The captures that M211 names."""
    return "; ".join(f["message"] for f in marker["findings"] if f["code"] == "M211")


def problems(marker, seen, true):
    """-> (what is wrong, how many values fault at some hit)"""
    name, faulting = marker["name"], 0
    if seen is None or seen.count != true.count:
        return [f"{name}: {seen and seen.count} hits, truly {true.count}"], 0
    wrong = []
    for k, argument in enumerate(marker["sites"][0]["arguments"]):
        text = argument["expression"]
        got, expected = seen.values[k][0], true.values[k][0]
        if MISSING in got:
            wrong.append(f"{name}: '{text}' has no argument: {argument['reason']}")
            continue
        if got != expected:
            wrong.append(f"{name}: '{text}' is {got.decode()}, truly {expected.decode()}")
        if FAULT in expected:
            faulting += 1
        named = f"'{text}'" in told(marker)
        if FAULT in expected and not named:
            wrong.append(f"{name}: '{text}' faults and M211 does not say so")
        if named and not ("->" in text or "*" in text or argument["type"] == "string"):
            wrong.append(f"{name}: M211 names '{text}', which follows no pointer")
    return wrong, faulting


def main():
    tool, program, telling, least = sys.argv[1:]
    true = recorded(telling)
    found, seen = traced(tool, program)
    wrong, faulting = [], 0
    for number, marker in enumerate(found):
        texts, count = problems(marker, seen.get(number), true[int(marker["name"][1:])])
        wrong, faulting = wrong + texts, faulting + count
    if faulting < int(least):
        wrong.append(f"{faulting} values fault at some hit, fewer than {least}")
    for text in wrong:
        print("  wrong:", text)
    print(f"{program.rsplit('/', 1)[-1]}: {faulting} values fault at some hit, {len(wrong)} problems")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
