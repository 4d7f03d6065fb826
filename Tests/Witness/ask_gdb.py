# SPDX-License-Identifier: MIT
"""Runs inside gdb, connected to a machine: evaluates the fetch arguments at every hit of their sites."""
import json
import os
import sys

import gdb

sys.path.insert(0, os.path.dirname(os.environ["WITNESS_ASKED"]))
sys.path.insert(0, os.environ["WITNESS_HERE"])
import fetching  # noqa: E402

# arch/arm/kernel/ptrace.c has names for registers that gdb only numbers
NAMES = {"fp": "r11", "ip": "r12"}

with open(os.environ["WITNESS_ASKED"]) as asked_file:
    asked = json.load(asked_file)
hits = []


def register(name):
    value = gdb.selected_frame().read_register(NAMES.get(name, name) if machine.word_bytes == 4 else name)
    return int(value) & fetching.mask(8 * machine.word_bytes)


def memory(address, byte_count):
    return bytes(gdb.selected_inferior().read_memory(address, byte_count))


machine = fetching.Machine(asked["word_bytes"], asked["order"], register, memory)


class Site(gdb.Breakpoint):
    def __init__(self, number, address):
        super().__init__(f"*{address}", internal=True)
        self.site = number

    def stop(self):
        values = [fetch and machine.value(*fetch) for fetch in asked["sites"][self.site]["fetches"]]
        hits.append((self.site, values))
        return False


for setting in ("pagination off", "confirm off"):
    gdb.execute("set " + setting)
gdb.execute("target remote " + asked["socket"])
for number, site in enumerate(asked["sites"]):
    Site(number, site["address"])
gdb.execute("continue", to_string=True)
with open(asked["told"], "w") as told_file:
    json.dump(hits, told_file)
