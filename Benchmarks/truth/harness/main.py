# SPDX-License-Identifier: MIT
"""How exactly do markers' sites and values match the running program?  See ../README.md."""
import argparse
import hashlib
import json
import os
import sys

import building
import corpora
import disagreements
import gate
import judging
import resolvers
import table
import truth

DEFAULT_LEVELS = ["gcc-O2", "clang-16-O2"]


def options():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__)
    parser.add_argument("corpora", nargs="*", metavar="CORPUS", help=", ".join(corpora.CORPORA))
    parser.add_argument("--levels", nargs="+", default=DEFAULT_LEVELS, metavar="LEVEL",
                        help="of " + ", ".join(building.LEVELS) + ", or all")
    parser.add_argument("--markers-from", nargs="+", default=list(building.MODES), choices=building.MODES,
                        help="record: the header's records in the binary; list: an empty macro and a list")
    parser.add_argument("--peers", action="store_true", help="measure gdb and perf probe in the same run")
    parser.add_argument("--expressible", action="store_true",
                        help="count the values without an argument that gdb reads right at the marker's sites")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="at most N live markers a corpus")
    parser.add_argument("--dead", type=int, default=300, metavar="N", help="at most N markers never reached")
    parser.add_argument("--gate", metavar="FILE", help="thresholds; exit 1 when one is missed")
    parser.add_argument("--disagreements", metavar="FILE", help="write where peers answer otherwise")
    parser.add_argument("--json", metavar="FILE", help="write every marker's judgement")
    parser.add_argument("--cache", default=os.path.expanduser("~/.cache/markers/truth"))
    chosen = parser.parse_args()
    chosen.corpora = chosen.corpora or list(corpora.CORPORA)
    if chosen.levels == ["all"]:
        chosen.levels = list(building.LEVELS)
    unknown = set(chosen.corpora) - set(corpora.CORPORA) | set(chosen.levels) - set(building.LEVELS)
    if unknown:
        parser.error(f"no such corpus or level: {', '.join(sorted(unknown))}")
    return chosen


def sample(numbers, limit, markers):
    """A fixed choice: the same markers are taken on every machine and at every level."""
    def key(number):
        marker = markers[number]
        return hashlib.sha256(f"{marker['file']}:{marker['line']}".encode()).hexdigest()

    return sorted(sorted(numbers, key=key)[:limit]) if limit else sorted(numbers)


class Run:
    """All that one invocation measures."""

    def __init__(self, chosen):
        self.chosen = chosen
        self.tools = list(resolvers.RESOLVERS) if chosen.peers else ["markers"]
        self.figures, self.disagreements, self.judgements = {}, [], []
        os.makedirs(chosen.cache, exist_ok=True)
        self.tracer = building.tracer(chosen.cache)

    def measure(self):
        print(table.head(), flush=True)
        for name in self.chosen.corpora:
            build = building.Build(corpora.CORPORA[name], self.chosen.cache)
            facts = truth.Truth(build)
            live = sample(facts.live(), self.chosen.sample, facts.markers)
            numbers = sorted(live + sample(facts.dead(), self.chosen.dead, facts.markers))
            for level in self.chosen.levels:
                for mode in self.chosen.markers_from:
                    self.program(build, facts, level, mode, numbers)

    def program(self, build, facts, level, mode, numbers):
        program = build.program(level, mode)
        judge = judging.Judge(build, facts, program, self.tracer)
        question = resolvers.Question(build, program, mode, [facts.markers[n] for n in numbers])
        results = {}
        for tool in self.tools:
            answers, seconds = resolvers.RESOLVERS[tool](question)
            answers = {n: answers.get(n, resolvers.Answer()) for n in numbers}
            results[tool] = judge.judge(tool, numbers, answers)
            if tool == "markers" and self.chosen.expressible:
                judge.find_missed(question, results[tool])
            key = (build.corpus.name, level, mode, tool)
            self.figures[key] = table.figures(results[tool], seconds)
            print(table.row(key, self.figures[key]), flush=True)
        for peer in self.tools[1:]:
            self.disagreements += disagreements.rows(
                (build.corpus.name, level, mode, peer), results["markers"], results[peer])
        self.judgements += [
            (build.corpus.name, level, mode, tool, judgement)
            for tool, judged in results.items() for judgement in judged]

    def totals(self):
        """One row for all corpora at a level, when there is more than one."""
        if len(self.chosen.corpora) < 2:
            return
        for level in self.chosen.levels:
            for mode in self.chosen.markers_from:
                for tool in self.tools:
                    self.total(level, mode, tool)

    def total(self, level, mode, tool):
        for title, tuned in (("all tuned on", True), ("all held out", False)):
            chosen = [
                figures for (corpus, *rest), figures in self.figures.items()
                if rest == [level, mode, tool] and corpora.CORPORA[corpus].tuned == tuned]
            if len(chosen) > 1:
                print(table.row((title, level, mode, tool), sum(chosen, table.Figures())))


def judgement_record(corpus, level, mode, tool, j):
    return {
        "corpus": corpus, "level": level, "markers_from": mode, "tool": tool, **j.marker, "result": j.result,
        "status": j.answer.status, "reasons": j.answer.reasons, "expected": j.expected, "got": j.got,
        "sites": {hex(a): fetches for a, fetches in sorted(j.answer.sites.items())},
        "doubted": j.answer.doubted, "absent": j.answer.absent, "missed": sorted(j.missed),
        "captures": j.captures}


def main():
    chosen = options()
    run = Run(chosen)
    run.measure()
    run.totals()
    if chosen.disagreements:
        with open(chosen.disagreements, "w") as file:
            file.write("\n".join([disagreements.HEAD, *sorted(run.disagreements)]) + "\n")
    if chosen.json:
        with open(chosen.json, "w") as file:
            json.dump([judgement_record(*entry) for entry in run.judgements], file, indent=1)
    if chosen.gate:
        with open(chosen.gate) as file:
            problems = gate.missed(run.figures, json.load(file))
        print("\n".join(problems) or "all thresholds reached", file=sys.stderr)
        return bool(problems)
    return 0


if __name__ == "__main__":
    sys.exit(main())
