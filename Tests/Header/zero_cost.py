#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prove that markers cost nothing: compile each file of a corpus with markers and without, compare the objects.

    zero_cost.py [--corpus NAME] [--compiler NAME] [--optimize=-O2] [--files N] [--only FILE] [--block-ends]
                 [--share S]

A marker stands before every statement. "Without" is the same text with a MARKER that expands to ((void)0), so
that the lines are the same. What is compared is in elf_sections.py. Prints one line for each corpus and
compiler and one for each difference; exit 1 for a difference that exceptions.txt does not list.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from corpora import ARCHITECTURES, HERE, PACKAGES, ROOT, kernel_list, kernel_sources, user_sources
from elf_sections import Elf, differences
from insert_markers import insert_markers

HEADER = ROOT / "include/markers/marker.h"
NO_MARKERS = HERE / "no_markers.h"
MARKER_LINE = re.compile(rb"^(\s*)MARKER\((m\d+)\b.*\);$", re.M)


class Compiler(NamedTuple):
    name: str
    command: list
    family: str
    architecture: str


def compilers():
    """The compilers of the proof, by name."""
    found = [Compiler(f"{f}-{v}", [f"{f}-{v}"], f, "x86") for f, v in
             (("gcc", 11), ("gcc", 12), ("clang", 14), ("clang", 16), ("clang", 19))]
    for architecture in ("arm64", "arm"):
        prefix, target = ARCHITECTURES[architecture]
        found.append(Compiler(f"{prefix}gcc", [f"{prefix}gcc"], "gcc", architecture))
        clang = ["clang-16", f"--target={target}", "-isystem", f"/usr/{target}/include"]
        found.append(Compiler(f"clang-16-{architecture}", clang, "clang", architecture))
    return {c.name: c for c in found}


class Marked:
    """A corpus with markers in it, in a directory that overlays the source: for compilers of one family and machine."""

    def __init__(self, sources, compiler, options, directory):
        self.sources, self.compiler, self.options, self.directory = sources, compiler, options, directory
        self.count = 0
        self.headers = {}
        if sources[0].arguments.count("-D__KERNEL__"):
            self.headers = {str(sources[0].root / h): h for h in kernel_list(".h")}
        for source in sources:
            self.mark(source)

    def prepare(self, compiler):
        """Sees that the marked files compile with this compiler."""
        self.compiler = compiler
        pending = self.sources
        with ThreadPoolExecutor(self.options.jobs) as pool:
            for _ in range(20):
                found = list(zip(pending, pool.map(self.errors, pending)))
                # A repair takes expressions out: what compiled still does.
                pending = [source for source, errors in found if errors]
                if not pending:
                    break
                self.repair([e for _, errors in found for e in errors])
        self.count = sum(len(MARKER_LINE.findall(f.read_bytes())) for f in self.directory.rglob("*.[ch]"))

    def mark(self, source):
        path = str((source.root / source.path).resolve())
        missing = {p for p, h in self.headers.items() if not (self.directory / h).exists()}
        target = ARCHITECTURES[self.compiler.architecture][1]
        arguments = [a for a in source.arguments if not a.startswith(("-W", "-f", "-m"))]
        here = [f"-working-directory={source.directory}", f"--target={target}"]
        if not self.headers:
            here += ["-isystem", f"/usr/{target}/include"]
        inserter = insert_markers(path, [*arguments, *here], lambda name: name == path or name in missing,
                                  self.options.share, self.options.block_ends)
        for marked in [path, *missing]:
            if marked == path or marked in inserter.insertions:
                output = self.directory / (self.headers.get(marked) or source.path)
                output.parent.mkdir(parents=True, exist_ok=True)
                output.write_bytes(inserter.rewritten(marked))

    def errors(self, source):
        """(file, line) of what does not compile."""
        result = self.compile(source, HEADER, ["-fsyntax-only"])
        if result.returncode == 0:
            return []
        found = {((source.directory / file).resolve(), int(line))
                 for file, line in re.findall(r"^([^\s:]+):(\d+):\d+: (?:fatal )?error:", result.stderr, re.M)}
        found = {e for e in found if self.directory.resolve() in e[0].parents}
        if not found:
            raise RuntimeError(f"{source.path}: does not compile: {result.stderr[:2000]}")
        return found

    def repair(self, errors):
        """Takes the expressions out of markers that do not compile here (a type that is complete only later)."""
        for file in {file for file, _ in errors}:
            text = file.read_bytes().split(b"\n")
            for number in {line for name, line in errors if name == file}:
                text[number - 1] = MARKER_LINE.sub(rb"\1MARKER(\2);", text[number - 1])
            file.write_bytes(b"\n".join(text))

    def compile(self, source, header, extra):
        overlay = [f"-I{self.directory / 'include'}"] if self.headers else []
        arguments = [a for a in source.arguments if not re.fullmatch(r"-O.", a)]
        for option in self.options.drop.get(self.compiler.name, ()):
            arguments = [a for a in arguments if not a.startswith(option)]
        command = [*self.compiler.command, *overlay, *arguments, self.options.optimize, "-I", source.root,
                   "-I", (source.root / source.path).parent, "-include", header,
                   *extra, "-c", self.directory / source.path]
        return subprocess.run([*map(str, command)], cwd=source.directory, text=True, capture_output=True)

    def compare(self, source):
        """The differences between the two objects, and the number of records in the first."""
        objects = []
        warnings = []
        for name, header in (("on", HEADER), ("off", NO_MARKERS)):
            output = self.directory / f"{source.path}.{name}.o"
            result = self.compile(source, header, ["-o", output])
            if result.returncode != 0:
                raise RuntimeError(f"{source.path}: {result.stderr[:2000]}")
            objects.append(output)
            warnings.append(set(re.findall(r"^\S+:\d+:\d+: warning: .*$", result.stderr, re.M)))
        found = differences(*objects) + [f"new warning: {w}" for w in sorted(warnings[0] - warnings[1])]
        records = count_records(Elf(objects[0]))
        for output in objects:
            output.unlink()
        return source.path, found, records


def count_records(elf):
    return sum(elf.bytes(s).count(b"mk1\t") for s in elf.sections if s.name in (".debug_markers", ".llvmcmd"))


def sources_of(corpus, compiler, options):
    def chosen(path):
        return not options.only or path in options.only

    if corpus == "kernel":
        files = [f for f in kernel_list(".c") if chosen(f)][:options.files]
        return kernel_sources(compiler.architecture, compiler.family, files)
    return [s for s in user_sources(corpus) if chosen(s.path)][:options.files]


def check_all(corpus, group, options, exceptions):
    """Compares one corpus with compilers of one family and machine; the differences that are not listed."""
    sources = sources_of(corpus, group[0], options)
    with tempfile.TemporaryDirectory() as directory:
        marked = Marked(sources, group[0], options, Path(directory))
        return sum(check(corpus, marked, compiler, options, exceptions) for compiler in group)


def check(corpus, marked, compiler, options, exceptions):
    marked.prepare(compiler)
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(marked.compare, marked.sources))
    different = [(path, found) for path, found, _ in results if found]
    unexpected = 0
    for path, found in different:
        key = f"{compiler.name} {options.optimize} {corpus} {path}"
        known = key in exceptions
        unexpected += not known
        print(f"{'known exception' if known else 'DIFFERENT'}: {key}: {'; '.join(found)[:600]}")
    print(f"{compiler.name} {options.optimize} {corpus}: {len(marked.sources)} objects, {marked.count} markers, "
          f"{sum(r for _, _, r in results)} records, {len(different)} different", flush=True)
    return unexpected


def read_exceptions(block_ends):
    """The known differences: `compiler -O corpus file`, after "ends" where they need a marker before a `}`."""
    lines = (line.split("#")[0].split() for line in (HERE / "exceptions.txt").read_text().splitlines())
    return {" ".join(l[1:] if l[0] == "ends" else l) for l in lines if l and (block_ends or l[0] != "ends")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    known = compilers()
    parser.add_argument("--corpus", action="append", choices=[*PACKAGES, "kernel"])
    parser.add_argument("--compiler", action="append", choices=list(known))
    parser.add_argument("--optimize", default="-O2")
    parser.add_argument("--files", type=int)
    parser.add_argument("--only", action="append", help="a file of the corpus")
    parser.add_argument("--block-ends", action="store_true")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    # Options of the kernel's command lines, which gcc 12 and the oldest clang take, that another version does not.
    options.drop = {"gcc-11": ["-ftrivial-auto-var-init", "-fzero-call-used-regs"],
                    "clang-19": ["-enable-trivial-auto-var-init"]}
    exceptions = read_exceptions(options.block_ends)
    groups = {}
    for name in options.compiler or known:
        groups.setdefault((known[name].family, known[name].architecture), []).append(known[name])
    unexpected = 0
    for corpus in options.corpus or [*PACKAGES, "kernel"]:
        for group in groups.values():
            unexpected += check_all(corpus, group, options, exceptions)
    sys.exit(1 if unexpected else 0)


if __name__ == "__main__":
    main()
