# SPDX-License-Identifier: MIT
"""The whole files that fuzz.py damages: one of each kind that the tool reads."""

import lzma
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = f"-I{ROOT / 'include'}"
EXAMPLE = ROOT / "Fixtures/example/example.c"
VALUES = ROOT / "Fixtures/resolve/values.c"
KERNEL = Path(__file__).resolve().parent / "kernel.c"

LIST = """\
t:walk  kernel.c:33  e->name:string, e->whole, n, local[2]
t:fold  kernel.c:24  e->low, e->parts[3], *e->next
t:members  values.c:61  t->id, t->middle, t->wide, t->text[1], *t->name
t:numbers  values.c:63  *t->pointer, t->next->next->inner.second
t:by_value  values.c:78  p.left, p.right, i.first
t:counter  values.c:88  global, table[1], counter, head->id
t:scaled  values.c:133  value, by->left, result
t:addressed  values.c:124  array[5], local.id, local.middle
t:container  values.c:110  container_of(member, struct thing, node.member)->id
t:dispatch  example.c:43  request->device->name:string, sum:x32
"""


@dataclass
class Seed:
    path: Path
    # image; list: a marker list; outer: a container that is damaged outside, inner: before it is packed
    kind: str
    # the list that names markers in the image
    list: Optional[Path] = None
    # for a list: the image that it is for
    image: Optional[Path] = None


def build(directory, name, *arguments):
    path = directory / name
    subprocess.run([*map(str, arguments), "-o", path], check=True, capture_output=True, cwd=directory)
    return path


def make_seeds(directory):
    listed = directory / "markers.list"
    listed.write_text(LIST)
    kernel = ["-g", "-O2", "-fno-pie", "-ffreestanding", INCLUDE, KERNEL]
    link = ["-no-pie", "-static", "-nostdlib"]
    images = [
        build(directory, "program5", "gcc-12", "-gdwarf-5", "-O2", INCLUDE, EXAMPLE),
        build(directory, "values5", "gcc-12", "-gdwarf-5", "-O2", "-no-pie", VALUES),
        build(directory, "values4", "clang-16", "-gdwarf-4", "-O2", VALUES),
        build(directory, "object.o", "gcc-12", "-gdwarf-5", "-O2", "-c", VALUES),
        build(directory, "sections.o", "clang-16", "-gdwarf-5", "-O2", "-ffunction-sections", "-c", VALUES),
        build(directory, "packed.o", "gcc-12", "-gdwarf-5", "-gz=zlib", "-O2", "-c", VALUES),
        build(directory, "split.o", "gcc-12", "-gdwarf-5", "-gsplit-dwarf", "-O2", "-c", VALUES),
        build(directory, "arm64.o", "aarch64-linux-gnu-gcc", "-g", "-O2", "-c", VALUES),
        build(directory, "arm.o", "arm-linux-gnueabihf-gcc", "-g", "-O2", "-c", VALUES),
        build(directory, "vmlinux", "gcc-12", *kernel, *link),
        build(directory, "module.ko", "gcc-12", *kernel, "-DAS_MODULE", "-c"),
        build(directory, "module16.ko", "clang-16", *kernel, "-DAS_MODULE", "-c"),
    ]
    subprocess.run(["ar", "rc", directory / "archive.a", images[3], images[10]], check=True)
    images.append(directory / "archive.a")
    seeds = [Seed(path, "image", listed) for path in images]
    for kind in ("inner", "outer"):
        seeds += [Seed(packed(directory, images[10], suffix), kind, listed) for suffix in (".xz", ".zst")]
    seeds += [Seed(listed, "list", image=image) for image in (images[1], images[9])]
    return seeds


def packed(directory, image, suffix):
    path = directory / (image.name + suffix)
    path.write_bytes(pack(image.read_bytes(), suffix))
    return path


def pack(content, suffix):
    """The content as the kernel's module installation packs it."""
    if suffix == ".xz":
        return lzma.compress(content, check=lzma.CHECK_CRC32, preset=0)
    return subprocess.run(["zstd", "-q", "-c"], input=content, check=True, capture_output=True).stdout


def unpack(content, suffix):
    if suffix == ".xz":
        return lzma.decompress(content)
    return subprocess.run(["zstd", "-q", "-d", "-c"], input=content, check=True, capture_output=True).stdout
