#!/usr/bin/env python3
"""Judges one round of a kernel proof: check.py REPORT ROUND LIST EXPECTED

Prints a finding a line and a summary; exit 0 when everything is as expected, 1 when not, 2 when the report is unusable.
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
    options = parser.parse_args()
    try:
        rounds = read_report(options.report)
        expectations = read_expectations(options.expected)
        markers = read_list(options.list)
    except (OSError, EOFError, ExpectationError) as error:
        print(f"check.py: {error}", file=sys.stderr)
        return 2
    round_ = rounds.get(options.round)
    if round_ is None or "end" not in round_.sections:
        print(f"check.py: {options.report}: round '{options.round}' is missing or broke off", file=sys.stderr)
        return 2
    findings, hits_of, defined = judge(round_, markers, expectations)
    for finding in findings:
        print(f"{options.round}: {finding}")
    hit = sum(1 for marker in markers if hits_of[marker])
    print(f"{options.round}: {len(markers)} markers, {len(defined)} with definitions, {len(round_.definitions())} definitions, "
          f"{hit} markers hit, {len(expectations)} expectations, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
