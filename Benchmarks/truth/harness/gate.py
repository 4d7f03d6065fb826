# SPDX-License-Identifier: MIT
"""Thresholds for continuous integration: what was reached once may not be lost."""


def missed(figures, thresholds):
    """-> one sentence for each threshold that a measured row of `markers` does not reach.

    thresholds: {"gcc": {"at_least": {"ok_exact": 99.5, ...}, "wrong_under_ok": 0}, "clang": ...}, per row.
    """
    problems = []
    for (corpus, level, mode, tool), row in figures.items():
        if tool != "markers":
            continue
        limits, where = thresholds[level.split("-")[0]], f"{corpus} {level} {mode}"
        for name, least in limits["at_least"].items():
            reached = share(row, name)
            if reached < least:
                problems.append(f"{where}: {name} is {reached:.2f} %, below {least} %")
        if row.wrong_ok > limits["wrong_under_ok"]:
            problems.append(f"{where}: {row.wrong_ok} wrong values under an ok argument")
    return problems


def share(row, name):
    """In per cent; of nothing it is 0, so that an empty answer passes no gate."""
    parts = {
        "exact": (row.exact, row.live), "ok": (row.ok, row.live), "ok_exact": (row.ok_exact, row.ok),
        "offered": (row.offered, row.values), "values_exact": (row.values_exact, row.offered)}
    part, whole = parts[name]
    return 100 * part / whole if whole else 0.0
