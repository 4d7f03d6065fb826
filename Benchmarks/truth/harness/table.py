# SPDX-License-Identifier: MIT
"""The figures of a run, as a Markdown table."""
from dataclasses import dataclass, fields

import judging

COLUMNS = (
    "corpus", "level", "markers from", "tool", "live", "resolved", "exact", "ok", "ok: exact", "dead: fire",
    "values", "offered", "of expressible", "exact", "partly", "wrong", "fault", "wrong under ok", "ms")


@dataclass
class Figures:
    """Counts that add up over corpora; `values` are those of exact live markers."""
    live: int = 0
    resolved: int = 0
    exact: int = 0
    ok: int = 0
    ok_exact: int = 0
    dead: int = 0
    dead_fire: int = 0
    values: int = 0
    offered: int = 0
    values_exact: int = 0
    partly: int = 0
    missed: int = 0
    wrong: int = 0
    fault: int = 0
    wrong_ok: int = 0
    claimed: int = 0
    seconds: float = 0.0

    @property
    def right(self):
        return self.values_exact + self.partly

    def __add__(self, other):
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Figures)))


def figures(judgements, seconds):
    total = Figures(seconds=seconds)
    for judgement in judgements:
        if judgement.result in (judging.FIRES, judging.SILENT):
            total.dead += 1
            total.dead_fire += judgement.result == judging.FIRES
            continue
        total.live += 1
        total.resolved += judgement.result != judging.NONE
        total.exact += judgement.result == judging.EXACT
        total.ok += judgement.answer.status == "ok"
        total.ok_exact += judgement.answer.status == "ok" and judgement.result == judging.EXACT
        add_values(total, judgement)
    return total


def add_values(total, judgement):
    for k, result in judgement.captures.items():
        if result == judging.UNTESTED:
            continue
        bad = result in (judging.WRONG, judging.FAULT)
        total.values += 1
        total.offered += result != judging.NONE
        total.values_exact += result == judging.EXACT
        total.partly += result == judging.PARTIAL
        total.missed += k in judgement.missed
        total.wrong += result == judging.WRONG
        total.fault += result == judging.FAULT
        if result != judging.NONE and judgement.claims(k):
            total.claimed += 1
            total.wrong_ok += bad


def percent(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "–"


def row(names, f):
    cells = list(names) + [
        f.live, percent(f.resolved, f.live), percent(f.exact, f.live), percent(f.ok, f.live),
        percent(f.ok_exact, f.ok), percent(f.dead_fire, f.dead), f.values, percent(f.offered, f.values),
        percent(f.right, f.right + f.missed) if f.missed else "–", percent(f.values_exact, f.offered), f.partly,
        f.wrong, f.fault, f"{f.wrong_ok} of {f.claimed}", f"{1000 * f.seconds / max(1, f.live + f.dead):.1f}"
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


def head():
    return "| " + " | ".join(COLUMNS) + " |\n|" + "---|" * 4 + "---:|" * (len(COLUMNS) - 4)
