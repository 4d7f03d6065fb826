#!/usr/bin/env python3
"""Judges one round of a kernel proof: check.py REPORT ROUND LIST EXPECTED [--minimum N]

LIST is what lib/list.py prints: what the tool claims of each marker. Prints a finding a line and a summary; exit 0 when
everything is as expected and claimed, 1 when not, 2 when the report is unusable.
"""

import argparse
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))
sys.dont_write_bytecode = True

from expectations import ExpectationError, read_expectations, read_list  # noqa: E402
from judgement import judge  # noqa: E402
from report import read_report  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report")
    parser.add_argument("round")
    parser.add_argument("list")
    parser.add_argument("expected")
    parser.add_argument("--minimum", type=int, default=0, help="how many markers have to be ok with every argument, and right")
    options = parser.parse_args()
    try:
        rounds = read_report(options.report)
        expectations = read_expectations(options.expected)
        claims = read_list(options.list)
    except (OSError, EOFError, ExpectationError) as error:
        print(f"check.py: {error}", file=sys.stderr)
        return 2
    round_ = rounds.get(options.round)
    if round_ is None or "end" not in round_.sections:
        print(f"check.py: {options.report}: round '{options.round}' is missing or broke off", file=sys.stderr)
        return 2
    judgement = judge(round_, claims, expectations)
    for finding in judgement.findings:
        print(f"{options.round}: {finding}")
    for note in judgement.notes:
        print(f"{options.round}: note: {note}")
    print(f"{options.round}: {len(claims)} markers, {len(judgement.defined)} with definitions, {len(judgement.hit)} hit, "
          f"{sum(claim.status == 'ok' for claim in claims.values())} ok, "
          f"{len(judgement.proved)} ok with every argument, and right; {len(expectations)} expectations, "
          f"{len(judgement.findings)} findings, {len(judgement.notes)} notes")
    if len(judgement.proved) < options.minimum:
        print(f"{options.round}: {options.minimum} markers have to be ok with every argument, and right")
        return 1
    return 1 if judgement.findings else 0


if __name__ == "__main__":
    sys.exit(main())
