# SPDX-License-Identifier: MIT
"""What really happens: hits and values of each marker, from the program whose markers count."""
from array import array

import building
import running

# (name, compiler, environment, prefix of the command): what differs between them depends on the build or the machine and is left out
RUNS = (
    ("truth", building.TRUTH, running.PLACED, running.FIXED),
    # fresh and freed memory is filled: what is read before it was written is left out, too
    ("truth.again", building.TRUTH, {**running.LAYOUT, "PADDING": "x" * 3333, "MALLOC_PERTURB_": "165"}, ""),
    ("truth.other", building.TRUTH_AGAIN, {**running.LAYOUT, "PADDING": "x" * 777}, running.FIXED),
    # what depends on where the heap lies shows in some runs only
    ("truth.third", building.TRUTH, {**running.LAYOUT, "PADDING": "x" * 51}, ""),
    ("truth.fourth", building.TRUTH_AGAIN, running.LAYOUT, ""),
)
# how often markers are hit may depend on the instrument that counts, too: on its environment and its arithmetic
INSTRUMENTED = ("truth.valgrind", building.TRUTH, {}, "valgrind --tool=none ")


class Truth:
    """`hits[number][workload]`: executions; `values[number][workload][k]`: (states, values) as comparable.

    `null_only` holds the (number, k) of pointers that differ between builds: null or not is compared.
    """

    def __init__(self, build):
        self.markers = {marker["number"]: marker for marker in build.markers}
        self.workloads = len(build.corpus.workloads)
        logs = [running.recorded(build, *run) for run in RUNS]
        self.instrumented = running.recorded(build, *INSTRUMENTED)
        self.hits, self.values = {}, {}
        self.unstable, self.unstable_values, self.null_only = set(), set(), set()
        for number, marker in self.markers.items():
            self.marker(number, marker, logs)

    def marker(self, number, marker, logs):
        hits = [
            [log.marks[number].count if number in log.marks else 0 for log in run]
            for run in [*logs, self.instrumented]]
        if any(other != hits[0] for other in hits[1:]):
            self.unstable.add(number)
        if not any(hits[0]):
            return
        self.hits[number] = hits[0]
        self.values[number] = [{} for _ in logs[0]]
        for k, capture in enumerate(marker["values"]):
            seen = [[comparable(log, number, k, capture) for log in run] for run in logs]
            if any(other != seen[0] for other in seen[1:]):
                if capture["pointer"] and all(nulls(other) == nulls(seen[0]) for other in seen[1:]):
                    self.null_only.add((number, k))
                else:
                    self.unstable_values.add((number, k))
            for workload, value in enumerate(seen[0]):
                self.values[number][workload][k] = value

    def live(self):
        return sorted(n for n in self.hits if n not in self.unstable)

    def dead(self):
        return sorted(n for n in self.markers if n not in self.hits and n not in self.unstable)


def comparable(log, number, k, capture):
    """-> (states, values): numbers cut to their width, pointers as Log.pointer sees them; None if not hit"""
    if number not in log.marks:
        return None
    states, values = log.marks[number].values[k]
    if capture["pointer"]:
        return states, array("Q", map(log.pointer, values))
    mask = (1 << capture["bits"]) - 1
    return states, array("Q", (value & mask for value in values))


def nulls(seen):
    return [value and (value[0], [bool(v) for v in value[1]]) for value in seen]
