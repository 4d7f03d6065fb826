# SPDX-License-Identifier: MIT
"""Holds a tool's answer against the truth."""
import subprocess
from dataclasses import dataclass, field

import resolvers
import running

# what a marker's sites did: hits add up in every workload, or else; `fires`, `silent` are of dead markers
EXACT, OVER, UNDER, MIXED, NONE = "exact", "over", "under", "mixed", "none"
FIRES, SILENT = "fires", "silent"
# what a capture's values were, besides EXACT and NONE; PARTIAL: right, but missing at some site
WRONG, FAULT, PARTIAL, UNTESTED = "wrong", "fault", "partial", "untested"


@dataclass
class Judgement:
    """One marker; `captures`: {k: EXACT, ...} of an exact marker, stable values only; `missed`: the k that have no
    argument although the debugging information gives them a place that a fetch argument can read."""
    marker: dict
    answer: object
    result: str
    expected: list
    got: list
    captures: dict = field(default_factory=dict)
    missed: set = field(default_factory=set)

    def claims(self, k):
        """Whether the tool says that this value is right."""
        return self.answer.status == "ok" and k not in self.answer.doubted


def instruction_starts(program):
    """An int3 anywhere else would break the program."""
    text = subprocess.run(
        ["objdump", "-d", "--no-show-raw-insn", "-w", program], stdout=subprocess.PIPE).stdout.decode()
    return {int(line.split(":", 1)[0], 16) for line in text.splitlines() if line.startswith(" ")}


def count_result(sites, expected, got, starts):
    if not any(expected):
        return FIRES if any(got) else SILENT
    if not sites:
        return NONE
    if any(address not in starts for address in sites):
        return MIXED
    if got == expected:
        return EXACT
    if all(g >= e for g, e in zip(got, expected)):
        return OVER
    return UNDER if all(g <= e for g, e in zip(got, expected)) else MIXED


class Judge:
    """The truth of one corpus, and one optimised program."""

    def __init__(self, build, truth, program, tracer):
        self.build, self.truth, self.program, self.tracer = build, truth, program, tracer
        self.counts = running.counts(build, program)
        self.starts = instruction_starts(program)

    def judge(self, name, numbers, answers):
        """-> [Judgement], in the order of `numbers`"""
        judgements = [self.counted(self.truth.markers[n], answers[n]) for n in numbers]
        exact = [j for j in judgements if j.result == EXACT]
        logs = self.trace(name, exact)
        for judgement in exact:
            for k in range(len(judgement.marker["values"])):
                if (judgement.marker["number"], k) not in self.truth.unstable_values:
                    judgement.captures[k] = self.capture(judgement, k, logs)
        return judgements

    def counted(self, marker, answer):
        zero = [0] * self.truth.workloads
        expected = self.truth.hits.get(marker["number"], zero)
        got = [sum(column) for column in zip(zero, *(self.counts.get(a, zero) for a in answer.sites))]
        result = count_result(answer.sites, expected, got, self.starts)
        return Judgement(marker, answer, result, expected, got)

    def find_missed(self, question, judgements):
        """Notes of the values that have no argument those that gdb reads right at the marker's sites, from places
        that a fetch argument can read."""
        lacking = {j.marker["number"]: j for j in judgements if NONE in j.captures.values()}
        ordered = {
            n: [k for k, result in sorted(j.captures.items()) if result == NONE] for n, j in lacking.items()}
        answers = resolvers.gdb_at_sites(question, {
            n: (list(j.answer.sites), [j.marker["values"][k]["text"] for k in ordered[n]])
            for n, j in lacking.items()})
        for number, answer in answers.items():
            for position, k in enumerate(ordered[number]):
                expected = self.truth.values[number][answer.read_in].get(k)
                states, values = answer.read.get(position, (b"", []))
                if not expected or not states:
                    continue
                first = tuple(part[:len(states)] for part in expected)
                capture = lacking[number].marker["values"][k]
                null_only = (number, k) in self.truth.null_only
                if one_workload(capture, null_only, first, states, values) == EXACT:
                    lacking[number].missed.add(k)

    def trace(self, name, judgements):
        lines = []
        for j in judgements:
            for address, fetches in sorted(j.answer.sites.items()):
                values = " ".join(f"{k}={fetch}" for k, fetch in sorted(fetches.items()))
                lines.append(f"{j.marker['number']} {len(j.marker['values'])} {address:x} {values}")
        if not any("=" in line for line in lines):
            return None
        return running.traced(self.build, self.program, name, self.tracer, lines)

    def capture(self, judgement, k, logs):
        number, capture = judgement.marker["number"], judgement.marker["values"][k]
        null_only = (number, k) in self.truth.null_only
        if judgement.answer.read:
            expected = self.truth.values[number][judgement.answer.read_in].get(k)
            states, values = judgement.answer.read[k]
            if not expected:
                return UNTESTED
            first = tuple(part[:len(states)] for part in expected)
            return one_workload(capture, null_only, first, states, values)
        if not any(k in fetches for fetches in judgement.answer.sites.values()) or logs is None:
            return NONE
        results = []
        for workload, log in enumerate(logs):
            if judgement.expected[workload]:
                results.append(self.traced_workload(judgement, k, null_only, workload, log))
        return worst(results)

    def traced_workload(self, judgement, k, null_only, workload, log):
        number, capture = judgement.marker["number"], judgement.marker["values"][k]
        expected = self.truth.values[number][workload][k]
        if number not in log.marks or len(log.marks[number].values[k][0]) != len(expected[0]):
            return WRONG
        states, values = log.marks[number].values[k]
        if capture["pointer"]:
            values = [log.pointer(value) for value in values]
        return one_workload(capture, null_only, expected, states, values)


def one_workload(capture, null_only, expected, states, values):
    expected_states, expected_values = expected
    missing = faulted = False
    for state, value, expected_state, wanted in zip(states, values, expected_states, expected_values):
        if state == ord("-"):
            missing = True
        elif state != expected_state:
            if state != ord("!"):
                return WRONG
            faulted = True
        elif state == ord("v") and not same(capture, null_only, value, wanted):
            return WRONG
    if faulted:
        return FAULT
    if missing:
        return PARTIAL if any(state != ord("-") for state in states) else NONE
    return EXACT


def same(capture, null_only, value, wanted):
    """A number may be zero or sign extended from its width."""
    if null_only:
        return bool(value) == bool(wanted)
    if value == wanted:
        return True
    bits = capture["bits"]
    extended = wanted | (((1 << 64) - 1) << bits) if wanted >> (bits - 1) else wanted
    return value == extended & ((1 << 64) - 1)


def worst(results):
    """Of several workloads; a value that only some of them had is partial."""
    for result in (WRONG, FAULT, PARTIAL):
        if result in results:
            return result
    if NONE in results:
        return PARTIAL if EXACT in results else NONE
    return EXACT
