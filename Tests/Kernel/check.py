#!/usr/bin/env python3
"""Judges one round of a kernel proof: check.py REPORT ROUND LIST EXPECTED

Prints a finding a line and a summary; exit 0 when everything is as expected, 1 when not, 2 when the report is unusable.
"""

import argparse
import collections
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))

from expectations import ExpectationError, holds, read_expectations, read_list  # noqa: E402
from report import DEFINITION, place_address, read_report  # noqa: E402

ALARMING = re.compile(r"kprobe|BUG:|Oops|WARNING:|general protection|Call Trace")


def refused(round_):
    """Definitions the kernel did not take, with the reason its error log gives."""
    reasons = "\n".join(round_.lines("error_log"))
    for error, text in round_.definitions():
        if error:
            found = re.search(r"error: (.*)\n  Command: " + re.escape(text), reasons)
            yield f"refused with errno {error} ({found[1] if found else 'no reason logged'}): {text}"


def not_enabled(round_):
    for line in round_.lines("enable"):
        error, event = line.split(" ", 1)
        if error != "0":
            yield f"event '{event}' was accepted but not enabled, errno {error}"


def not_armed(round_):
    """Accepted definitions without an enabled kprobe at their address in the kernel's own list."""
    symbols, armed = round_.symbols(), round_.armed()
    for error, text in round_.definitions():
        match = DEFINITION.match(text)
        if error or not match:
            continue
        address = place_address(match["place"], symbols)
        if address is None:
            yield f"accepted, but '{match['place']}' has no single run-time address: {text}"
        elif address not in armed:
            yield f"accepted, but never armed: {text}"
        elif "[DISABLED]" in armed[address] or "[GONE]" in armed[address]:
            yield f"accepted, but not live {armed[address].strip()}: {text}"


def disturbed(round_):
    """What makes counts untrustworthy: lost trace records, a failed workload, complaints in the kernel's log."""
    for line in round_.lines("buffers"):
        match = re.match(r"(overrun|commit overrun|dropped events): (\d+)", line)
        if match and match[2] != "0":
            yield f"trace buffer {match[1]}: {match[2]}"
    workload = round_.lines("workload")
    for line in workload:
        if line.startswith("failed "):
            yield f"workload step {line}"
    if not workload or workload[-1] != "exit status 0":
        yield f"the workload ended with {workload[-1] if workload else 'nothing'}"
    for line in round_.lines("log"):
        if ALARMING.search(line):
            yield "kernel log: " + re.sub(r"^<\d>\[ *[\d.]+\] ", "", line)


def uncounted(round_, hits):
    """Events whose trace lines are fewer or more than the kernel's own hit counter says."""
    counted = collections.Counter(hit.event for hit in hits)
    profile, missed = collections.Counter(), collections.Counter()
    for line in round_.lines("profile"):
        event, hit, miss = line.split()
        profile[event] += int(hit)
        missed[event] += int(miss)
    for event in sorted(profile):
        if missed[event]:
            yield f"event '{event}' missed {missed[event]} of {profile[event] + missed[event]} hits"
        if profile[event] != counted[event]:
            yield f"event '{event}' has {profile[event]} hits and {counted[event]} trace lines"


def marker_of(event, names):
    """The list's marker that an event belongs to: its own name, or the name plus _NUMBER when copies need events of their own."""
    if event in names:
        return names[event]
    return names.get(re.sub(r"_+\d+$", "", event))


def unexpected(round_, hits_of, defined, expectations):
    """Expectations that do not hold."""
    known = round_.known()
    for expectation in expectations:
        marker, conditions = expectation.marker, expectation.conditions
        if expectation.count == "faults":
            continue
        if expectation.count == "absent":
            if marker in defined:
                yield f"{expectation.place}: '{marker}' has a definition, none was expected"
            continue
        if marker not in defined:
            yield f"{expectation.place}: '{marker}' has no definition"
            continue
        events = [h for h in hits_of[marker] if expectation.picks(h, known)]
        met = sum(all(holds(c, h.values, known) for c in conditions) for h in events)
        words = " ".join("".join(c) for c in conditions)
        if expectation.count == "all":
            if not events or met != len(events):
                yield f"{expectation.place}: '{marker}' {words}: {met} of {len(events)} events, expected all"
            continue
        low, high = expectation.bounds()
        if met < low or (high is not None and met > high):
            yield f"{expectation.place}: '{marker}' {words}: {met} events of {len(events)}, expected {expectation.count}"


def faulted(hits_of, expectations):
    """Unreadable values that no expectation permits."""
    permitted = {(e.marker, name) for e in expectations if e.count == "faults" for name in e.bare}
    for marker in sorted(filter(None, hits_of)):
        faults = collections.Counter(n for h in hits_of[marker] for n, v in h.values.items() if v == "(fault)")
        for name in sorted(faults):
            if (marker, name) not in permitted:
                yield f"'{marker}' argument '{name}' was unreadable in {faults[name]} of {len(hits_of[marker])} events"


def incomplete(markers, expectations):
    """Markers nobody expects anything of, and expectations of no marker."""
    expected = {e.marker for e in expectations}
    yield from (f"'{m}' is in the list, but nothing is expected of it" for m in markers if m not in expected)
    yield from (f"'{m}' is expected, but not in the list" for m in sorted(expected - set(markers)))


def judge(round_, markers, expectations):
    """(findings, hits per marker, definitions written)"""
    names = {marker.split(":")[1]: marker for marker in markers}
    hits, hits_of = round_.hits(), collections.defaultdict(list)
    for hit in hits:
        hits_of[marker_of(hit.event, names)].append(hit)
    matches = [DEFINITION.match(text) for _, text in round_.definitions()]
    defined = {marker_of(m["event"], names) for m in matches if m}
    findings = [f"a definition of no marker: {text}" for _, text in round_.definitions()
                if not (m := DEFINITION.match(text)) or not marker_of(m["event"], names)]
    if len(names) != len(markers):
        findings.append("two markers of the list have the same name: trace lines cannot tell them apart")
    for found in (incomplete(markers, expectations), refused(round_), not_enabled(round_), not_armed(round_),
                  disturbed(round_), uncounted(round_, hits), unexpected(round_, hits_of, defined, expectations),
                  faulted(hits_of, expectations)):
        findings.extend(found)
    return findings, hits_of, defined - {None}


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
