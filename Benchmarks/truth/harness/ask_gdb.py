# SPDX-License-Identifier: MIT
"""Runs inside gdb: where its breakpoints for lines are, or what it reads there at the first hits."""
import json
import os

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


def address_space():
    """proc(5): startstack is field 28, start_brk 47"""
    with open(f"/proc/{gdb.selected_inferior().pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return {"heap_start": int(fields[47 - 3]), "stack_start": int(fields[28 - 3])}


def values(markers, command):
    told, kept = {}, []
    for marker in markers:
        try:
            kept.append(Reading(marker, told))
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
