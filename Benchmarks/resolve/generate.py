#!/usr/bin/python3
"""Draws a marker list from an image's own line table and scopes: generate.py VMLINUX COUNT [--seed N] > LIST

Each marker stands on a line that begins a statement in the machine code of an out-of-line function, in the unit's own file,
and asks for up to three of the function's parameters and locals. The same image, count and seed give the same list. Needs
python3-pyelftools.
"""

import argparse
import random
import re
import sys

from elftools.elf.elffile import ELFFile

PER_UNIT = 4
NAME = re.compile(r"^[a-z_][a-z0-9_]*$", re.I)
VARIABLES = ("DW_TAG_formal_parameter", "DW_TAG_variable")


def text(die, name):
    attribute = die.attributes.get(name)
    return attribute.value.decode(errors="replace") if attribute and isinstance(attribute.value, bytes) else None


def own_name(die):
    """The name of a DIE or of its abstract origin; None for an anonymous one."""
    found = text(die, "DW_AT_name")
    if not found and "DW_AT_abstract_origin" in die.attributes:
        found = text(die.get_DIE_from_attribute("DW_AT_abstract_origin"), "DW_AT_name")
    return found


def functions(unit):
    """(first address, end, names of parameters and locals) of the unit's out-of-line functions."""
    for die in unit.get_top_DIE().iter_children():
        if die.tag != "DW_TAG_subprogram" or "DW_AT_low_pc" not in die.attributes:
            continue
        low, high = die.attributes["DW_AT_low_pc"].value, die.attributes.get("DW_AT_high_pc")
        if high is None:
            continue
        names = sorted({n for c in die.iter_children() if c.tag in VARIABLES and (n := own_name(c)) and NAME.match(n)})
        yield low, low + high.value, names


def statement_lines(dwarf, unit, spans):
    """(line, names) for every line of the unit's own file that begins a statement inside one of the spans, sorted."""
    program = dwarf.line_program_for_CU(unit)
    version = program.header.version
    found = {}
    for entry in program.get_entries():
        state = entry.state
        if state is None or state.end_sequence or not state.is_stmt or state.line == 0:
            continue
        if state.file != (1 if version < 5 else own_file(program)):
            continue
        for low, high, names in spans:
            if low < state.address < high:
                found[state.line] = names
    return sorted(found.items())


def own_file(program):
    """The index that DWARF 5 rows use for the unit's own file: the entry that repeats entry 0."""
    entries = program.header["file_entry"]
    same = [i for i, e in enumerate(entries) if i and (e.name, e.dir_index) == (entries[0].name, entries[0].dir_index)]
    return same[0] if same else 0


def draw(dwarf, count, generator):
    """Markers as list lines, unit by unit in random order until there are enough."""
    units = [unit for unit in dwarf.iter_CUs()]
    generator.shuffle(units)
    number = 0
    for unit in units:
        name = text(unit.get_top_DIE(), "DW_AT_name")
        if not name or not name.endswith(".c"):
            continue
        lines = statement_lines(dwarf, unit, list(functions(unit)))
        for line, names in generator.sample(lines, min(PER_UNIT, len(lines))):
            wanted = generator.sample(names, min(generator.randint(1, 3), len(names)))
            number += 1
            yield f"bench:m{number}  {name.removeprefix('./')}:{line}  {', '.join(wanted)}".rstrip()
            if number == count:
                return


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("image")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with open(options.image, "rb") as file:
        # The image is linked: what relocation entries it still has (--emit-relocs) are already applied.
        dwarf = ELFFile(file).get_dwarf_info(relocate_dwarf_sections=False)
        for line in draw(dwarf, options.count, random.Random(options.seed)):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
