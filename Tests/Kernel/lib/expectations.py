"""Reads *.expected files: what a workload makes certain about each marker of a list.

One expectation a line: MARKER [CONDITION …] COUNT

  CONDITION  arg=value, arg!=value, arg>=value or arg<=value. A value is an integer, "a string", a symbol, `fault`, or $name for
             a value that the workload printed as "known name value". task=VALUE picks the events of the process with
             that id and task=* those of every process and interrupt; without it those of the process $pid count.
  COUNT      how many events meet all conditions: 3, 3..5, 3.. ; `all`: every event of the process, and at least one;
             `absent`: the marker must have no definition (a comment says why);
             `faults`: values of the arguments named before it (bare names) may be unreadable.
"""

import re
from dataclasses import dataclass

CONDITION = re.compile(r"^(?P<name>\w+)(?P<operator>!=|>=|<=|=)(?P<value>.*)$", re.S)
COUNT = re.compile(r"^(?P<low>\d+)(?P<range>\.\.(?P<high>\d+)?)?$")
WORD = re.compile(r'[^\s"]*"[^"]*"|\S+')
MARKER = re.compile(r"^\s*(?P<marker>[\w-]+:\w+)\s+(?P<file>\S+):(?P<line>\d+)(?:[ \t]+(?P<claim>.*))?$")


class ExpectationError(Exception):
    pass


@dataclass
class Expectation:
    place: str
    marker: str
    task: str
    conditions: list
    count: str
    bare: list

    def picks(self, hit, known):
        """Whether the event belongs to the process (or to any, for *) that the expectation is about."""
        return self.task == "*" or hit.pid == wanted_value(self.task, known)

    def bounds(self):
        """Lowest and highest number of events allowed; None as the highest means no limit."""
        match = COUNT.match(self.count)
        low = int(match["low"])
        if not match["range"]:
            return low, low
        return low, int(match["high"]) if match["high"] else None


def parse_line(place, line):
    words = WORD.findall(line.split("#")[0])
    if len(words) < 2:
        raise ExpectationError(f"{place}: expected MARKER [CONDITION …] COUNT: {line.strip()}")
    marker, middle, count = words[0], words[1:-1], words[-1]
    task, conditions, bare = "$pid", [], []
    for word in middle:
        match = CONDITION.match(word)
        if not match:
            bare.append(word)
        elif match["name"] == "task":
            task = match["value"]
        else:
            conditions.append((match["name"], match["operator"], match["value"]))
    if not (COUNT.match(count) or count in ("all", "absent", "faults")):
        raise ExpectationError(f"{place}: expected a count, `all`, `absent` or `faults` at the end: {line.strip()}")
    if bare and count != "faults":
        raise ExpectationError(f"{place}: not a condition: {bare[0]}")
    return Expectation(place, marker, task, conditions, count, bare)


def read_expectations(path):
    with open(path) as file:
        lines = [(f"{path}:{number}", line) for number, line in enumerate(file, 1)]
    return [parse_line(place, line) for place, line in lines if line.split("#")[0].strip()]


@dataclass
class Claim:
    """What the tool says of a marker: its status, and the arguments that it has a doubt about."""

    status: str
    doubtful: frozenset


def read_list(path):
    """Claims by marker ("provider:name") from what list.py printed; a line without a status claims `ok`."""
    claims = {}
    with open(path) as file:
        for match in filter(None, map(MARKER.match, file)):
            words = match["claim"].split()
            claims[match["marker"]] = Claim(words[0] if words else "ok", frozenset(words[1:]))
    return claims


def holds(condition, values, known):
    """Whether one event's values meet a condition; a missing argument or unknown $name never does."""
    name, operator, text = condition
    if name not in values:
        return False
    actual, wanted = values[name], wanted_value(text, known)
    if operator == "=":
        return actual == wanted
    if operator == "!=":
        return actual != wanted
    if not isinstance(actual, int) or not isinstance(wanted, int):
        return False
    return actual >= wanted if operator == ">=" else actual <= wanted


def wanted_value(text, known):
    if text.startswith("$"):
        return known.get(text[1:])
    if text == "fault":
        return "(fault)"
    try:
        return int(text, 0)
    except ValueError:
        return text
