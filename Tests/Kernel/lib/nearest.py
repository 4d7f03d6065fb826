#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The lines that lint offers for probes that are not optimised (M304): do they keep what is promised?

  nearest.py list LINT.json       the offered lines as a marker list
  nearest.py check RESOLVE.json   exits 1 unless each of them has a place whose probe is optimised
"""
import json
import re
import sys


def offered(lint):
    for finding in lint["findings"]:
        found = re.fullmatch(r"a marker before line (\d+) would be optimised", finding.get("help") or "")
        if finding["code"] == "M304" and found:
            yield finding["file"], int(found[1])


def classes(marker):
    return {(site.get("verdict") or {}).get("class") for site in marker["sites"]}


with open(sys.argv[2]) as file:
    answer = json.load(file)
if sys.argv[1] == "list":
    for number, (path, line) in enumerate(sorted(set(offered(answer)))):
        print(f"nearest:line{number} {path}:{line}")
else:
    kept = [marker for marker in answer["markers"] if "optimised" in classes(marker)]
    print(f"nearest: {len(answer['markers'])} lines offered, {len(kept)} optimised")
    sys.exit(len(kept) < max(1, len(answer["markers"])))
