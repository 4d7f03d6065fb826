"""Reads the report that the guest's agent sent: rounds of sections, definitions, armed probes and trace lines."""

import gzip
import re
from dataclasses import dataclass, field

SECTION = re.compile(r"^== (\S+) (\S+)$")
TRACE_LINE = re.compile(r"^\s*.+-(?P<pid>\d+)\s+\[\d+\] \S+\s+[\d.]+: (?P<event>\w+): "
                        r"\((?:.*<(?P<address>[0-9a-f]+)>)?.*?\)(?P<values> .*)?$")
VALUE = re.compile(r'(\w+)=("(?:[^"]|"(?! \w+=|$))*"|\{[^}]*\}|\(fault\)|[^ ]+)')
DEFINITION = re.compile(r"^p:(?P<group>[\w-]+)[/.](?P<event>\w+) (?P<place>\S+)")
PLACE = re.compile(r"^(?:(?P<module>[\w-]+):)?(?P<symbol>[^+]+?)(?:\+(?P<offset>\w+))?$")
ARMED = re.compile(r"^(?P<address>[0-9a-f]+)\s+k\s+(?P<place>\S+)(?P<rest>.*)$")


@dataclass
class Hit:
    """One trace line of an event."""

    event: str
    address: int | None
    pid: int
    values: dict


@dataclass
class Round:
    """Everything the agent recorded between the first and last section of one round."""

    name: str
    sections: dict = field(default_factory=dict)

    def lines(self, section):
        return self.sections.get(section, [])

    def definitions(self):
        """(errno, text) of every definition written, in order."""
        pairs = (line.split(" ", 1) for line in self.lines("define"))
        return [(int(error), text) for error, text in pairs]

    def symbols(self):
        """Run-time addresses by symbol name, and by "module:symbol" for a module's; duplicates keep them all."""
        addresses = {}
        for line in self.lines("symbols"):
            parts = line.split()
            if len(parts) < 3 or not re.fullmatch("[0-9a-f]+", parts[0]):
                continue
            name = parts[2] if len(parts) == 3 else f"{parts[3].strip('[]')}:{parts[2]}"
            addresses.setdefault(name, []).append(int(parts[0], 16))
        return addresses

    def armed(self):
        """State words (such as [OPTIMIZED]) by address for every kprobe in the kernel's list."""
        matches = (ARMED.match(line) for line in self.lines("armed"))
        return {int(m["address"], 16): m["rest"] for m in matches if m}

    def hits(self):
        return [hit for hit in map(parse_trace_line, self.lines("trace")) if hit]

    def known(self):
        """The values only the run could know: "known NAME VALUE" lines of the workload."""
        words = (line.split() for line in self.lines("workload"))
        return {w[1]: int(w[2]) for w in words if len(w) == 3 and w[0] == "known"}


def parse_trace_line(line):
    """A Hit, or None for a comment or another kind of line."""
    match = TRACE_LINE.match(line)
    if not match:
        return None
    values = {name: parse_value(text) for name, text in VALUE.findall(match["values"] or "")}
    address = int(match["address"], 16) if match["address"] else None
    return Hit(match["event"], address, int(match["pid"]), values)


def parse_value(text):
    """An integer, or the text itself (strings keep their quotes, so that "12" differs from 12)."""
    try:
        return int(text, 0)
    except ValueError:
        return text


def place_address(place, symbols):
    """The run-time address of SYM+OFF, MOD:SYM+OFF or an absolute place; None when the symbol is unknown or several."""
    if place.startswith("0x"):
        return int(place, 16)
    match = PLACE.match(place)
    name = f"{match['module']}:{match['symbol']}" if match["module"] else match["symbol"]
    found = symbols.get(name, [])
    if len(found) != 1:
        return None
    return found[0] + int(match["offset"] or "0", 0)


def read_report(path):
    """Rounds by name, in the report's order. Raises OSError or EOFError when the file is no whole gzip stream."""
    rounds = {}
    lines = None
    with gzip.open(path, "rt", errors="replace") as file:
        for line in file:
            match = SECTION.match(line)
            if match:
                current = rounds.setdefault(match[1], Round(match[1]))
                lines = current.sections.setdefault(match[2], [])
            elif lines is not None:
                lines.append(line.rstrip("\n"))
    return rounds
