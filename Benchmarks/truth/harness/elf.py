# SPDX-License-Identifier: MIT
"""The few facts of a 64-bit little-endian ELF file that the harness needs."""
import hashlib
import struct
from dataclasses import dataclass

ALLOCATED, EXECUTABLE = 2, 4
NO_BITS = 8


@dataclass(frozen=True)
class Section:
    name: str
    kind: int
    flags: int
    address: int
    offset: int
    size: int


def sections(image):
    table, = struct.unpack_from("<Q", image, 0x28)
    entry_size, count, names_index = struct.unpack_from("<HHH", image, 0x3A)
    headers = [struct.unpack_from("<IIQQQQ", image, table + i * entry_size) for i in range(count)]
    names = headers[names_index][4]

    def name(offset):
        return image[names + offset:image.index(b"\0", names + offset)].decode()

    return [Section(name(h[0]), *h[1:]) for h in headers]


class Program:
    """A linked program; addresses are link addresses, and run-time ones: it is not position independent."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.image = file.read()
        self.loaded = [s for s in sections(self.image) if s.flags & ALLOCATED]

    def holds_code(self, address):
        return any(
            s.flags & EXECUTABLE and s.address <= address < s.address + s.size for s in self.loaded)

    def address_of(self, file_offset):
        """-> the address of a byte of the file, or None when it is not loaded"""
        for s in self.loaded:
            if s.kind != NO_BITS and s.offset <= file_offset < s.offset + s.size:
                return s.address + file_offset - s.offset
        return None

    def loaded_hash(self):
        """A hash of everything that is loaded: equal when two builds run the same code on the same data."""
        digest = hashlib.sha256()
        for s in self.loaded:
            digest.update(f"{s.name} {s.kind} {s.address} {s.size}\n".encode())
            if s.kind != NO_BITS:
                digest.update(self.image[s.offset:s.offset + s.size])
        return digest.hexdigest()[:16]
