# SPDX-License-Identifier: MIT
"""How files are damaged: mostly where a reader looks, with the values that break readers."""

import struct

from seeds import pack, unpack

# Sections that lead everywhere, and those that hold expressions, programs and records, are damaged most.
WEIGHTS = {
    ".debug_info": 6, ".debug_abbrev": 6, ".debug_line": 6, ".debug_loclists": 5, ".debug_loc": 5,
    ".debug_rnglists": 3, ".debug_ranges": 3, ".debug_str_offsets": 2, ".debug_addr": 2, ".debug_frame": 2,
    ".eh_frame": 3, ".symtab": 5, ".strtab": 2, ".shstrtab": 1, ".debug_markers": 5, ".llvmcmd": 5,
    ".debug_str": 1, ".debug_line_str": 1, ".text": 2, ".rodata": 1, ".modinfo": 1, ".altinstructions": 2,
    "__jump_table": 2, "__ex_table": 2, "__bug_table": 1, "__mcount_loc": 2, ".rela.text": 2,
    ".rela.debug_info": 3, ".rela.debug_loclists": 2, ".rela.eh_frame": 2, ".note.gnu.build-id": 1,
}
EDGES = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 32, (1 << 63) - 1,
         1 << 63, (1 << 64) - 1, (1 << 64) - 2, 0xFFFFFFFFFFFFFF00]
WORDS = ["->", ".", "[", "]", "(", ")", "*", "&", ",", ":", "=", "\"", "'", "#", "\t", "\n", "\r", "\0", "\\", "container_of(",
         "(struct thing *)", "99999999999999999999", "-1", "0x", "string", "x8[64]", "b3@70/8", "é", "$comm", "%di", ";"]


def damage(generator, seed):
    content = seed.path.read_bytes()
    suffix = seed.path.suffix
    if seed.kind == "list":
        return damage_text(generator, content)
    if seed.kind == "inner":
        return pack(damage_image(generator, unpack(content, suffix)), suffix)
    if seed.kind == "outer":
        return damage_bytes(generator, bytearray(content), [(0, len(content))])
    return damage_image(generator, content)


def damage_image(generator, content):
    places = sections(content)
    content = bytearray(content)
    if places and generator.random() < 0.9:
        return damage_bytes(generator, content, places)
    return damage_bytes(generator, content, [(0, min(64, len(content))), (0, len(content))])


def damage_bytes(generator, content, places):
    for _ in range(generator.choice([1, 1, 2, 4, 16, 64])):
        start, size = generator.choice(places)
        position = start + generator.randrange(max(1, size))
        width = generator.choice([1, 1, 1, 2, 4, 8])
        value = generator.choice([*EDGES, generator.getrandbits(64)])
        piece = (value & ((1 << (8 * width)) - 1)).to_bytes(width, "little")
        content[position:position + width] = piece[:max(0, len(content) - position)]
    act = generator.random()
    if act < 0.05:
        del content[generator.randrange(len(content) + 1):]
    elif act < 0.08:
        start, size = generator.choice(places)
        other, _ = generator.choice(places)
        count = min(size, generator.randrange(1, 256), len(content) - start, len(content) - other)
        content[start:start + count] = content[other:other + count]
    return bytes(content)


def damage_text(generator, content):
    text = content.decode()
    for _ in range(generator.choice([1, 2, 4, 16])):
        position = generator.randrange(len(text) + 1)
        act = generator.randrange(4)
        if act == 0:
            text = text[:position] + generator.choice(WORDS) * generator.choice([1, 1, 2, 300]) + text[position:]
        elif act == 1:
            text = text[:position] + text[position + generator.randrange(1, 12):]
        elif act == 2:
            other = generator.randrange(len(text) + 1)
            text = text[:position] + text[min(position, other):max(position, other)] + text[position:]
        else:
            text = text[:position] + chr(generator.choice([0, 9, 10, 13, 32, 127, 160, 0x2028, 0x1F600])) + text[position:]
        text = text[:200_000]
    raw = text.encode()
    if generator.random() < 0.1:
        raw = damage_bytes(generator, bytearray(raw), [(0, len(raw))])
    return raw


def sections(content):
    """Offset and size of the weighted sections of a little-endian ELF file, headers included; [] for other files."""
    places = []
    try:
        wide = content[4] == 2
        offset, = struct.unpack_from("<Q" if wide else "<I", content, 40 if wide else 32)
        size, count, names = struct.unpack_from("<HHH", content, 58 if wide else 46)
        if content[:4] != b"\x7fELF" or count == 0:
            return []
        headers = [struct.unpack_from("<IIQQQQ" if wide else "<IIIIII", content, offset + size * index)
                   for index in range(count)]
        strings = headers[names][4]
        for name, _, _, _, start, length in headers:
            end = content.index(b"\0", strings + name)
            weight = WEIGHTS.get(content[strings + name:end].decode(), 0)
            if length and start + length <= len(content):
                places += [(start, length)] * weight
        return places + [(0, 64), (offset, size * count), (offset, size * count)]
    except (struct.error, ValueError, IndexError):
        return []
