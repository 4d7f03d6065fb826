#!/usr/bin/env python3
"""Compares what `markers verdict` says with what a kernel answered.

    compare.py ANSWERS.csv VERDICTS.csv [--show N] [--definite PERCENT]

ANSWERS.csv has the columns addr, verdict (accepted, never-armed or refused), errno, optimised (1, 0 or empty) and
ftrace, as ask.sh writes it; VERDICTS.csv is the output of `markers verdict --format csv` for the same addresses.
PERCENT of the classes (by default 90) must be definite. Exit status: 0 when every goal is reached, 1 when one is missed.
"""
import argparse
import collections
import csv
import sys

GOALS = {"accept/refuse": 99.9, "errno": 99.5, "optimised": 99.5}


def rows(path):
    with open(path, newline="") as file:
        return {row["addr"].removeprefix("0x"): row for row in csv.DictReader(file)}


def compare(answers, verdicts):
    """Counts agreement and lists the disagreements as (kind, address)."""
    right = collections.Counter()
    total = collections.Counter()
    wrong = []

    def count(kind, address, agrees):
        total[kind] += 1
        right[kind] += agrees
        if not agrees:
            wrong.append((kind, address))

    for address, answer in answers.items():
        verdict = verdicts.get(address)
        if verdict is None:
            wrong.append(("missing", address))
            continue
        accepted = answer["verdict"] == "accepted"
        count("accept/refuse", address, answer["verdict"] == verdict["verdict"])
        if answer["verdict"] == verdict["verdict"] == "refused":
            count("errno", address, answer["errno"] == verdict["errno"])
        if not accepted or verdict["verdict"] != "accepted":
            continue
        if answer.get("ftrace") in ("0", "1"):
            count("ftrace", address, (answer["ftrace"] == "1") == (verdict["class"] == "ftrace"))
        if answer.get("optimised") in ("0", "1"):
            definite = verdict["class"] != "depends"
            total["definite"] += 1
            right["definite"] += definite
            if definite:
                count("optimised", address, (answer["optimised"] == "1") == (verdict["class"] == "optimised"))
    return right, total, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("answers")
    parser.add_argument("verdicts")
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--definite", type=float, default=90)
    options = parser.parse_args()
    goals = GOALS | {"definite": options.definite}
    answers, verdicts = rows(options.answers), rows(options.verdicts)
    right, total, wrong = compare(answers, verdicts)
    status = 0
    for kind in ["accept/refuse", "errno", "ftrace", "optimised", "definite"]:
        if total[kind] == 0:
            continue
        share = 100 * right[kind] / total[kind]
        missed = share < goals.get(kind, 0)
        status |= missed
        print(f"{kind:14} {right[kind]:7} of {total[kind]:7}  {share:7.3f} %{'  MISSED' if missed else ''}")
    for kind, address in wrong[:options.show]:
        answer, verdict = answers[address], verdicts.get(address, {})
        place = f"{answer.get('symbol', '')}+{answer.get('offset', '')}"
        print(f"{kind}: {address} {place}: kernel {answer['verdict']} {answer['errno']}"
              f" optimised={answer.get('optimised', '')} ftrace={answer.get('ftrace', '')};"
              f" markers {verdict.get('verdict')} {verdict.get('errno')} {verdict.get('class')}"
              f" ({verdict.get('reason')})")
    return status or any(kind == "missing" for kind, _ in wrong)


if __name__ == "__main__":
    sys.exit(main())
