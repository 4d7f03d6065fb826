# SPDX-License-Identifier: MIT
"""Runs inside gdb: where its breakpoints for lines are, what it reads there at the first hits, or what it
reads at given addresses from places that a fetch argument can read, too."""
import json
import os
import re

import gdb

HITS = 8
# the argv[0] of all other runs
WRAPPER = "bash -c 'exec -a ./prog \"$@\"' wrapper"

with open(os.environ["TRUTH_ASKED"]) as asked_file:
    asked = json.load(asked_file)
for setting in ("pagination off", "confirm off", "breakpoint pending off", "startup-with-shell on",
                "breakpoint always-inserted on", "exec-wrapper " + WRAPPER):
    gdb.execute("set " + setting)


def places(markers):
    told = {}
    for marker in markers:
        try:
            point = gdb.Breakpoint(f"{marker['file']}:{marker['line']}", internal=True)
            told[marker["number"]] = [location.address for location in point.locations]
            point.delete()
        except gdb.error:
            told[marker["number"]] = []
    return told


class Reading(gdb.Breakpoint):
    """Evaluates the values at the first hits and goes on."""

    def __init__(self, marker, told):
        super().__init__(f"{marker['file']}:{marker['line']}", internal=True)
        self.marker, self.told, self.left = marker, told, HITS

    def stop(self):
        values = self.told.setdefault(self.marker["number"], [[] for _ in self.marker["texts"]])
        for k, text in enumerate(self.marker["texts"]):
            values[k].append(self.value(text))
        self.left -= 1
        self.enabled = self.left > 0
        return False

    @staticmethod
    def value(text):
        """The number, "!" when memory cannot be read, None when gdb has no value."""
        try:
            value = gdb.parse_and_eval(text)
            return None if value.is_optimized_out else int(value) & (1 << 64) - 1
        except gdb.MemoryError:
            return "!"
        except (gdb.error, ValueError, OverflowError):
            return None


class SiteReading(gdb.Breakpoint):
    """Evaluates some values at the first hits of an address."""

    def __init__(self, marker, address, told):
        super().__init__(f"*{address:#x}", internal=True)
        self.texts = marker["texts"]
        self.values = told.setdefault(marker["number"], [[] for _ in self.texts])

    def stop(self):
        pc = gdb.selected_frame().pc()
        for values, text in zip(self.values, self.texts):
            if len(values) < HITS:
                values.append(Reading.value(text) if is_plain(text, pc) else None)
        self.enabled = any(len(values) < HITS for values in self.values)
        return False


# what leaves more than a register, memory, or a constant
COMPUTED = re.compile(
    r"entry_value|implicit_pointer|piece"
    r"|DW_OP_(?:and|div|minus|mod|mul|neg|not|or|plus|shl|shr|shra|xor|convert)\b"
    r"|breg.*stack_value|fbreg.*stack_value", re.S)


def is_plain(text, pc):
    """Whether the debugging information gives the variable a place at an address that needs no computing."""
    try:
        told = gdb.execute("info address " + re.match(r"\w+", text).group(), to_string=True)
    except gdb.error:
        return False
    if "multi-location" in told:
        ranges = re.findall(r"Range (0x[0-9a-f]+)-(0x[0-9a-f]+): (.*?)(?=Range 0x|\Z)", told, re.S)
        here = [what for low, high, what in ranges if int(low, 16) <= pc < int(high, 16)]
        return bool(here) and not COMPUTED.search(here[0])
    return "optimized out" not in told and not COMPUTED.search(told)


def address_space():
    """proc(5): startstack is field 28, start_brk 47"""
    with open(f"/proc/{gdb.selected_inferior().pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return {"heap_start": int(fields[47 - 3]), "stack_start": int(fields[28 - 3])}


def points(marker, told):
    if "addresses" in marker:
        return [SiteReading(marker, address, told) for address in marker["addresses"]]
    return [Reading(marker, told)]


def values(markers, command):
    told, kept = {}, []
    for marker in markers:
        try:
            kept += points(marker, told)
        except gdb.error:
            pass
    gdb.execute("tbreak main")
    gdb.execute("run " + command, to_string=True)
    space = address_space()
    gdb.execute("continue", to_string=True)
    return {"space": space, "values": told}


if asked["kind"] == "places":
    answer = places(asked["markers"])
else:
    answer = values(asked["markers"], asked["run"])
with open(asked["told"], "w") as told_file:
    json.dump(answer, told_file)
