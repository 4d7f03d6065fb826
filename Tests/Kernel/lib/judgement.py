"""Holds one round of a report against its list and expectations."""

import collections
import re
from dataclasses import dataclass

from expectations import holds
from report import DEFINITION, place_address

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


def not_armed(round_, hits):
    """Accepted definitions without a live kprobe at their address in the kernel's own list, and never hit either."""
    symbols, armed = round_.symbols(), round_.armed()
    hit = {h.event for h in hits}
    for error, text in round_.definitions():
        match = DEFINITION.match(text)
        if error or not match:
            continue
        address = place_address(match["place"], symbols)
        if address is None and match["event"] not in hit:
            yield f"accepted, but '{match['place']}' has no single run-time address: {text}"
        elif address is not None and address not in armed:
            yield f"accepted, but never armed: {text}"
        elif address is not None and ("[DISABLED]" in armed[address] or "[GONE]" in armed[address]):
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
        announced = "load" in round_.sections and "after target module is loaded" in line
        if ALARMING.search(line) and not announced:
            yield "kernel log: " + re.sub(r"^<\d>\[ *[\d.]+\] ", "", line)


def hit_counters(round_):
    """(hits, misses) by event from the kernel's profile; events of the same name in several groups are one."""
    hits, misses = collections.Counter(), collections.Counter()
    for line in round_.lines("profile"):
        event, hit, miss = line.split()
        hits[event] += int(hit)
        misses[event] += int(miss)
    return hits, misses


def overcounted(round_, hits):
    """Events with more trace lines than the kernel's own hit counter says.

    Fewer are no loss: while an event is being switched off, its probe stays armed for as long as the kprobe optimizer holds the
    mutex that disarming needs (disable_trace_kprobe clears the flag first). Lost records show in the buffers' statistics.
    """
    counted = collections.Counter(hit.event for hit in hits)
    profile, _ = hit_counters(round_)
    for event in sorted(profile):
        if counted[event] > profile[event]:
            yield f"event '{event}' has {profile[event]} hits and {counted[event]} trace lines"


def missed(round_):
    """Hits the kernel itself skipped: an interrupt whose probe comes while another probe's handler runs."""
    _, misses = hit_counters(round_)
    return [f"event '{event}': the kernel missed {misses[event]} hits" for event in sorted(misses) if misses[event]]


class Attribution:
    """Which marker each definition and each trace line belongs to.

    A marker provider:name is the event provider/name; copies that need other arguments are provider/name_2 and so on. Trace
    lines name the event without its group, so that the probe's address decides where two providers share a name.
    """

    def __init__(self, round_, markers):
        self.markers = set(markers)
        self.by_address, self.by_event, self.defined, self.strays = {}, {}, set(), []
        symbols = round_.symbols()
        for _, text in round_.definitions():
            match = DEFINITION.match(text)
            marker = self.marker(match["group"], match["event"]) if match else None
            if not marker:
                self.strays.append(text)
                continue
            self.defined.add(marker)
            self.by_event.setdefault(match["event"], set()).add(marker)
            address = place_address(match["place"], symbols)
            if address is not None:
                self.by_address[match["event"], address] = marker

    def marker(self, group, event):
        """The marker behind an event, None when the list has none."""
        names = (f"{group}:{event}", f"{group}:{re.sub(r'_[0-9]+$', '', event)}")
        return next((name for name in names if name in self.markers), None)

    def of(self, hit):
        """The marker behind a trace line; None when it cannot be told."""
        found = self.by_address.get((hit.event, hit.address))
        candidates = self.by_event.get(hit.event, set())
        return found or (next(iter(candidates)) if len(candidates) == 1 else None)


def outcome(expectation, events, defined, known, without=frozenset()):
    """What is wrong with an expectation; None when it holds.

    Conditions on the arguments `without` are set aside; more events than expected then prove nothing.
    """
    if expectation.count == "absent":
        return "has a definition, none was expected" if defined else None
    if not defined:
        return "has no definition"
    conditions = [c for c in expectation.conditions if c[0] not in without]
    picked = [h for h in events if expectation.picks(h, known)]
    met = sum(all(holds(c, h.values, known) for c in conditions) for h in picked)
    words = " ".join("".join(c) for c in conditions)
    if expectation.count == "all":
        return None if picked and met == len(picked) else f"{words}: {met} of {len(picked)} events, expected all"
    low, high = expectation.bounds()
    if low <= met and (without or high is None or met <= high):
        return None
    return f"{words}: {met} events of {len(picked)}, expected {expectation.count}"


def unexpected(expectations, claims, hits_of, defined, known):
    """(marker, text, announced) for every expectation that does not hold.

    The tool is held to what it claims. A marker that it calls approximate, or an argument that it leaves out or has a doubt
    about, is announced; what is left of the expectation without such arguments still has to hold.
    """
    for expectation in expectations:
        if expectation.count == "faults":
            continue
        marker = expectation.marker
        claim, events = claims.get(marker), hits_of[marker]
        wrong = outcome(expectation, events, marker in defined, known)
        if not wrong:
            continue
        text = f"{expectation.place}: '{marker}' {wrong}"
        doubtful = claim.doubtful & {name for name, _, _ in expectation.conditions} if claim else frozenset()
        rest = outcome(expectation, events, marker in defined, known, doubtful)
        if claim is None or (claim.status == "ok" and rest):
            yield marker, text, False
        elif rest:
            yield marker, f"{text} [{claim.status}]", True
        else:
            yield marker, f"{expectation.place}: '{marker}' holds without {', '.join(sorted(doubtful))}", True


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


@dataclass
class Judgement:
    """What one round showed: findings fail it, notes do not (the tool announced the doubt, or the kernel says so itself), proved
    markers are ok and right in every respect."""

    findings: list
    notes: list
    defined: set
    hit: set
    proved: set


def judge(round_, claims, expectations):
    attribution = Attribution(round_, claims)
    hits, hits_of = round_.hits(), collections.defaultdict(list)
    for hit in hits:
        hits_of[attribution.of(hit)].append(hit)
    findings = [f"a definition of no marker: {text}" for text in attribution.strays]
    for found in (incomplete(claims, expectations), refused(round_), not_enabled(round_), not_armed(round_, hits),
                  disturbed(round_), overcounted(round_, hits), faulted(hits_of, expectations)):
        findings.extend(found)
    known = round_.known()
    wrong = list(unexpected(expectations, claims, hits_of, attribution.defined, known))
    findings.extend(text for _, text, announced in wrong if not announced)
    right = {e.marker for e in expectations if e.count not in ("faults", "absent")} - {marker for marker, _, _ in wrong}
    proved = {m for m in attribution.defined & right if claims[m].status == "ok" and not claims[m].doubtful}
    notes = [f"announced: {text}" for _, text, announced in wrong if announced]
    return Judgement(findings, notes + missed(round_), attribution.defined,
                     {m for m, events in hits_of.items() if m and events}, proved)
