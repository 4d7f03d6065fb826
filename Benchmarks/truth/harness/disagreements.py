# SPDX-License-Identifier: MIT
"""Where a peer answers otherwise than markers does, and who is right by the truth."""
import judging

HEAD = "corpus\tlevel\tmarkers from\tpeer\tplace\tfunction\tsubject\tmarkers says\tpeer says\ttruth\tverdict"
BAD_VALUES = (judging.WRONG, judging.FAULT, judging.PARTIAL)


def rows(names, own, peer):
    """names: (corpus, level, mode, peer) -> sorted lines; own, peer: judgements of the same markers"""
    lines = []
    for ours, theirs in zip(own, peer):
        if ours.result in (judging.FIRES, judging.SILENT):
            continue
        place = f"{ours.marker['file']}:{ours.marker['line']}"
        start = "\t".join([*names, place, ours.marker["function"]])
        if set(ours.answer.sites) != set(theirs.answer.sites) and ours.result != theirs.result:
            lines.append("\t".join([
                start, "sites", sites(ours), sites(theirs), hits(ours.expected),
                verdict(ours.result == judging.EXACT, theirs.result == judging.EXACT)]))
        lines += values(start, ours, theirs)
    return lines


def sites(judgement):
    addresses = ",".join(f"{a:#x}" for a in sorted(judgement.answer.sites))
    return f"{judgement.answer.status} {judgement.result} {addresses} {hits(judgement.got)}".strip()


def hits(counts):
    return "+".join(map(str, counts)) + " hits"


def values(start, ours, theirs):
    """Only where both offer a value, and one of them is not right."""
    for k, result in sorted(ours.captures.items()):
        other = theirs.captures.get(k)
        if result == other or not {result, other} & set(BAD_VALUES) or {result, other} & {
                None, judging.NONE, judging.UNTESTED}:
            continue
        text = ours.marker["values"][k]["text"]
        yield "\t".join([
            start, text, fetches(ours, k) + " " + result, fetches(theirs, k) + " " + other, "",
            verdict(result == judging.EXACT, other == judging.EXACT)])


def fetches(judgement, k):
    found = sorted({f[k] for f in judgement.answer.sites.values() if k in f})
    return ",".join(found) or "as printed"


def verdict(ours_right, theirs_right):
    if ours_right:
        return "both right" if theirs_right else "markers right"
    return "peer right" if theirs_right else "neither right"
