#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What the machine gets of an ELF file, and how two files differ in it.

    elf_sections.py A.o B.o     exit 0 when they are the same, 1 when not

Docs/zero-cost.md specifies what is compared: each allocated section's name, type, flags, alignment, entry
size, size and bytes, the relocations that are applied to it, and the named symbols.
"""

import re
import struct
import sys
from typing import NamedTuple

SHF_ALLOC = 0x2
SHT_SYMTAB, SHT_RELA, SHT_NOBITS, SHT_REL = 2, 4, 8, 9
STT_SECTION, STT_FILE = 3, 4
# Where data and code begin in a section, for disassemblers (ELF for the Arm Architecture, 5.5.5; AAELF64, 5.7).
MAPPING_SYMBOL = re.compile(r"\$[adtx](\..*)?")


class Section(NamedTuple):
    name: str
    type: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    info: int
    alignment: int
    entry_size: int


class Symbol(NamedTuple):
    name: str
    info: int
    other: int
    section: int
    value: int
    size: int


class Elf:
    """The parts of an ELF file that are compared; little and big endian, 32 and 64 bit."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        if self.data[:4] != b"\x7fELF":
            raise ValueError(f"{path}: not an ELF file")
        self.wide = self.data[4] == 2
        self.order = "<" if self.data[5] == 1 else ">"
        self.machine = self.unpack("H", 18)[0]
        if self.wide:
            (start,), (size, count, names) = self.unpack("Q", 40), self.unpack("HHH", 58)
        else:
            (start,), (size, count, names) = self.unpack("I", 32), self.unpack("HHH", 46)
        form = "IIQQQQIIQQ" if self.wide else "IIIIIIIIII"
        if count == 0:  # the count is in the first header's size
            count = self.unpack(form, start)[5]
        headers = [self.unpack(form, start + n * size) for n in range(count)]
        if names == 0xFFFF:
            names = headers[0][6]
        strings = headers[names][4]
        self.sections = [Section(self.string(strings + h[0]), *h[1:]) for h in headers]

    def unpack(self, form, offset):
        return struct.unpack_from(self.order + form, self.data, offset)

    def string(self, offset):
        return self.data[offset : self.data.index(b"\0", offset)].decode("utf-8", "replace")

    def bytes(self, section):
        if section.type == SHT_NOBITS:
            return b""
        return self.data[section.offset : section.offset + section.size]

    def symbols(self, section):
        strings = self.sections[section.link].offset
        size = 24 if self.wide else 16
        for offset in range(section.offset, section.offset + section.size, size):
            if self.wide:
                name, info, other, index, value, length = self.unpack("IBBHQQ", offset)
            else:
                name, value, length, info, other, index = self.unpack("IIIBBH", offset)
            yield Symbol(self.string(strings + name), info, other, index, value, length)

    def symbol_table(self):
        for section in self.sections:
            if section.type == SHT_SYMTAB:
                return list(self.symbols(section))
        return []

    def section_name(self, index):
        return self.sections[index].name if 0 < index < len(self.sections) else f"#{index}"

    def relocations(self, section, symbols):
        form, size = {
            (True, SHT_RELA): ("QQq", 24),
            (True, SHT_REL): ("QQ", 16),
            (False, SHT_RELA): ("IIi", 12),
            (False, SHT_REL): ("II", 8),
        }[self.wide, section.type]
        for offset in range(section.offset, section.offset + section.size, size):
            place, info, *addend = self.unpack(form, offset)
            index, kind = (info >> 32, info & 0xFFFFFFFF) if self.wide else (info >> 8, info & 0xFF)
            symbol = symbols[index]
            name = "$" if MAPPING_SYMBOL.fullmatch(symbol.name) else symbol.name
            yield place, kind, name, self.section_name(symbol.section), symbol.value, *addend


def allocated(elf):
    """(name, nth of this name) -> header fields, bytes and relocations of each allocated section."""
    symbols = elf.symbol_table()
    relocated = {}
    for section in elf.sections:
        if section.type in (SHT_REL, SHT_RELA) and not section.flags & SHF_ALLOC:
            relocated.setdefault(section.info, []).extend(elf.relocations(section, symbols))
    result, seen = {}, {}
    for index, section in enumerate(elf.sections):
        if not section.flags & SHF_ALLOC:
            continue
        nth = seen[section.name] = seen.get(section.name, -1) + 1
        result[section.name, nth] = {
            "type": section.type,
            "flags": section.flags,
            "address": section.address,
            "alignment": section.alignment,
            "entry size": section.entry_size,
            "size": section.size,
            "bytes": elf.bytes(section),
            "relocations": relocated.get(index, []),
        }
    return result


def loaded(elf, symbol):
    """Undefined, absolute, common, or in an allocated section: gcc's LTO names debug sections by a hash of theirs."""
    return symbol.section >= len(elf.sections) or symbol.section == 0 or \
        bool(elf.sections[symbol.section].flags & SHF_ALLOC)


def named_symbols(elf):
    """The symbols that the final image would have: all but sections, the file's name and mapping symbols."""
    return sorted(
        (s.name, s.info, s.other, elf.section_name(s.section), s.value, s.size)
        for s in elf.symbol_table()
        if s.name and s.info & 15 not in (STT_SECTION, STT_FILE) and not MAPPING_SYMBOL.fullmatch(s.name)
        and loaded(elf, s)
    )


def record_symbols(elf):
    """Symbols that the records themselves left: none, but for mapping symbols."""
    return [s.name for s in elf.symbol_table() if s.name and not MAPPING_SYMBOL.fullmatch(s.name)
            and elf.section_name(s.section) in (".debug_markers", ".llvmcmd")]


def differences(left, right):
    """One line for each difference between two files' allocated parts; empty when they are the same."""
    a, b = Elf(left), Elf(right)
    found = []
    if (a.wide, a.order, a.machine) != (b.wide, b.order, b.machine):
        return ["the files are for different machines"]
    one, two = allocated(a), allocated(b)
    if list(one) != list(two):
        found.append(f"sections differ: {sorted(set(one) ^ set(two)) or 'order'}")
    for key in [key for key in one if key in two]:
        for field, value in one[key].items():
            if value != two[key][field]:
                shown = "" if field in ("bytes", "relocations") else f" ({value} and {two[key][field]})"
                found.append(f"{key[0]}: {field} differ{shown}")
    if (first := named_symbols(a)) != (second := named_symbols(b)):
        odd = sorted(set(first) ^ set(second))
        found.append(f"symbols differ: {', '.join(sorted({s[0] for s in odd})[:5])}")
    if names := record_symbols(a) + record_symbols(b):
        found.append(f"a record has a symbol: {names[0]}")
    return found


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: elf_sections.py A.o B.o")
    lines = differences(sys.argv[1], sys.argv[2])
    print("\n".join(lines) or "same")
    sys.exit(1 if lines else 0)
