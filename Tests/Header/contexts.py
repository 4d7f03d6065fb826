#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Where a marker may stand, what it records, and what must not compile; each compiler, each C dialect."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from corpora import HERE, ROOT
from elf_sections import Elf, differences
from zero_cost import NO_MARKERS, compilers

DIALECTS = ("gnu99", "gnu11", "gnu2x")
WARNINGS = ("-Wall", "-Wextra", "-Wundef", "-Wdeclaration-after-statement", "-Wshadow", "-Werror",
            "-Wno-unused-value", "-Wno-unused-parameter", "-Wno-unused-variable", "-Wno-unused-but-set-variable")
DIRECTORY = HERE / "contexts"
RECORDS = DIRECTORY / "contexts.records"
INCLUDE = ["-I", str(ROOT / "include")]

# What a marker must not accept, whether records are on or off.
REFUSED = """
MARKER(a, missing)
MARKER(a, whole.missing)
MARKER(a, n, MARKER_AS(missing, u8))
MARKER(a, MARKER_LABEL(l, missing))
MARKER(a, MARKER_LABEL(l, MARKER_AS(missing, u8)))
MARKER(a, MARKER_AS(n, u9))
MARKER(a, MARKER_AS(n, strnig))
MARKER(a, MARKER_AS(n))
MARKER(a, MARKER_LABEL(1l, n))
MARKER(a, MARKER_LABEL(a.b, n))
MARKER(a, MARKER_LABEL(, n))
MARKER(a, MARKER_LABEL(a_label_of_more_than_31_characters, n))
MARKER(a, n n)
MARKER(a, )
MARKER(a, n, )
MARKER(a, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, n)
MARKER()
MARKER(1a)
MARKER(a.b)
MARKER("a")
MARKER(a_name_of_more_than_63_characters_which_is_the_limit_of_a_kernel_event)
MARKER_IN(1a, b)
MARKER_IN(a-b, c)
MARKER_IN(, c)
MARKER_IN(a, )
MARKER_IN(a, b, missing)
""".strip().splitlines()

# Options that change how an object is laid out; each is compared at -O2.
OPTIONS = {
    "all": ["-fPIC", "-fsanitize=address", "-fsanitize=undefined", "-gdwarf-4", "-gsplit-dwarf", "-g3", "-gz", "-g0",
            "-ffunction-sections -fdata-sections", "-fno-inline", "-fcommon", "-fstack-protector-all", "-pthread",
            # gcc stamps these with the time unless there is a seed
            "--coverage -frandom-seed=markers", "-fprofile-generate -frandom-seed=markers"],
    "gcc": ["-fno-toplevel-reorder", "-fno-section-anchors", "-fno-merge-constants"],
    "clang": ["-fno-integrated-as"],
    "x86": ["-m32", "-masm=intel", "-pg -mfentry", "-mcmodel=kernel", "-fcf-protection=full"],
    "arm64": ["-mbranch-protection=standard", "-mgeneral-regs-only"],
    "arm": ["-marm", "-mthumb", "-mlong-calls"],
}

failures = 0


def expect(condition, message):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED: {message}")


def compile_c(compiler, source, output, *arguments):
    command = [*compiler.command, *INCLUDE, *map(str, arguments), "-c", str(source), "-o", str(output)]
    return subprocess.run(command, text=True, capture_output=True, cwd=DIRECTORY)


def records(path):
    elf = Elf(path)
    data = b"".join(elf.bytes(s) for s in elf.sections if s.name in (".debug_markers", ".llvmcmd"))
    return [r.decode() for r in data.split(b"\0") if r]


def check_contexts(compiler, directory):
    """Clean under the kernel's warnings, nothing in the object, the records as written."""
    for dialect in DIALECTS:
        for optimize in ("-O0", "-O2", "-Os"):
            objects = {}
            for state, arguments in (("on", []), ("off", ["-DMARKERS_OFF"]), ("none", ["-include", NO_MARKERS])):
                objects[state] = directory / f"{state}.o"
                options = [f"-std={dialect}", optimize, "-g", *WARNINGS, *arguments]
                result = compile_c(compiler, "contexts.c", objects[state], *options)
                where = f"{compiler.name} {dialect} {optimize}, markers {state}"
                expect(result.returncode == 0, f"{where}: {result.stderr[:1500]}")
                if result.returncode:
                    return
            for state in ("on", "off"):
                found = differences(objects[state], objects["none"])
                expect(not found, f"{compiler.name} {dialect} {optimize}: {state} differs from none: {found}")
            expect(records(objects["off"]) == [], f"{compiler.name}: records with MARKERS_OFF")
            check_records(compiler, records(objects["on"]))


def check_options(compiler, directory):
    """The same object whatever the options; one that the compiler cannot do here is left out."""
    compared = 0
    for group in ("all", compiler.family, compiler.architecture):
        for options in OPTIONS[group]:
            objects = []
            for state, arguments in (("on", []), ("none", ["-include", NO_MARKERS])):
                output = directory / "object.o"  # one name: --coverage puts it into the object
                result = compile_c(compiler, "other.c", output, "-O2", "-g", *options.split(), *arguments)
                if result.returncode:
                    break
                objects.append(output.rename(directory / f"{state}.o"))
            else:
                compared += 1
                found = differences(*objects)
                expect(not found, f"{compiler.name} {options}: on differs from none: {found}")
                expect(len(records(objects[0])) == 2, f"{compiler.name} {options}: {records(objects[0])}")
                continue
            expect("error: " in result.stderr and "marker" not in result.stderr,
                   f"{compiler.name} {options}: {result.stderr[:500]}")
    return compared


def check_records(compiler, found):
    """Against the golden list, whose lines are gcc's: clang gives the last line of a marker of several."""
    wanted = RECORDS.read_text().replace("\\t", "\t").splitlines()
    found = [r.replace("\t./", "\t") for r in found]
    if compiler.family == "clang":
        wanted = [re.sub(r"(\tseveral_lines\t[^\t]*\t)(\d+)", lambda m: m[1] + str(int(m[2]) + 2), r) for r in wanted]
    odd = sorted(set(found) ^ set(wanted))
    expect(not odd and len(found) == len(wanted), f"{compiler.name}: records differ: {odd}")


def check_refused(compiler, directory):
    for statement in REFUSED:
        for off in ([], ["-DMARKERS_OFF"]):
            source = directory / "refused.c"
            source.write_text("#include <markers/marker.h>\nstruct w { int n; };\n"
                              f"int f(int n, struct w whole)\n{{\n\t{statement};\n\treturn n + whole.n;\n}}\n")
            result = compile_c(compiler, source, directory / "refused.o", *off)
            expect(result.returncode != 0, f"{compiler.name} {off} accepts {statement}")


def check_not_kept(compiler, directory):
    """A static function and a static variable that only a marker names are not in the object."""
    source = directory / "kept.c"
    source.write_text("#include <markers/marker.h>\nstatic int kept_data = 3;\n"
                      "static int kept_code(int n) { return n; }\n"
                      "int f(int n) { MARKER(a, kept_code(n), kept_data); return n; }\n")
    result = compile_c(compiler, source, directory / "kept.o", "-O2")
    expect(result.returncode == 0, f"{compiler.name}: {result.stderr}")
    names = {s.name for s in Elf(directory / "kept.o").symbol_table()}
    expect(not {n for n in names if n.startswith("kept")} - {"kept.c"}, f"{compiler.name} keeps {names}")


def check_repeated(compiler, directory):
    """The same marker twice in one macro: gcc's assembler refuses it, MARKER_UNIQUE helps."""
    source = directory / "repeated.c"
    source.write_text("#include <markers/marker.h>\n#define TWICE(n) do { MARKER(a, n); MARKER(a, n); } while (0)\n"
                      "void f(int n) { TWICE(n); }\n")
    plain = compile_c(compiler, source, directory / "repeated.o")
    if compiler.family == "gcc":
        expect("already defined" in plain.stderr, f"{compiler.name}: a repeated marker is not reported")
    else:
        expect(plain.returncode == 0, f"{compiler.name}: {plain.stderr}")
    helped = compile_c(compiler, source, directory / "repeated.o", "-DMARKER_UNIQUE=__COUNTER__")
    expect(helped.returncode == 0, f"{compiler.name}: MARKER_UNIQUE does not help: {helped.stderr}")
    if helped.returncode == 0:
        expect(len(set(records(directory / "repeated.o"))) == 1, f"{compiler.name}: no record")


def check_linked(compiler, directory):
    """The final image: the same loaded sections and symbols, and the records once for each header."""
    sections = ["-ffunction-sections", "-fdata-sections"]
    ways = [([], []), (sections, ["-Wl,--gc-sections"])]
    if compiler.architecture != "arm":  # any further debug section reorders the Thumb veneers of GNU ld
        ways.append((["-static"], ["-static"]))
    if compiler.family == "gcc":
        ways.append((["-flto", "-frandom-seed=markers"], ["-flto", "-O2"]))
    if compiler.name == "clang-16":
        ways.append((["-flto"], ["-flto", "-O2", "-fuse-ld=lld-16"]))
    for compiling, linking in ways:
        where = f"{compiler.name} {' '.join([*compiling, *linking])}"
        images = [link(compiler, directory / state, compiling, linking, arguments, where)
                  for state, arguments in (("on", []), ("none", ["-include", str(NO_MARKERS)]))]
        if None in images:
            return
        found = differences(*images)
        expect(not found, f"{where}: linked images differ: {found}")
        shared = [r for r in records(images[0]) if "\tinlined\t" in r]
        expect(len(shared) == 1 or compiler.family == "clang", f"{where}: {len(shared)} copies")
        wanted = len(RECORDS.read_text().splitlines()) + 1
        expect(len(set(records(images[0]))) == wanted, f"{where}: {len(set(records(images[0])))} records")


def link(compiler, directory, compiling, linking, arguments, where):
    """An image linked in a directory of its own: file names enter the order of a linker's stubs."""
    directory.mkdir(exist_ok=True)
    for source in ("contexts.c", "other.c"):
        options = ["-O2", "-g", *compiling, *arguments]
        result = compile_c(compiler, source, directory / f"{source}.o", *options)
        expect(result.returncode == 0, f"{where}: {result.stderr[:1500]}")
    command = [*compiler.command, "-Wl,--build-id=none", *linking, "contexts.c.o", "other.c.o", "-o", "image"]
    result = subprocess.run(command, text=True, capture_output=True, cwd=directory)
    expect(result.returncode == 0, f"{where}: {result.stderr[:1500]}")
    return directory / "image" if result.returncode == 0 else None


def check_other_readers(directory):
    """sparse, the assembler and genksyms see nothing."""
    for name, command in (
        ("sparse", ["sparse", "-Wall", "-Wno-decl", "-Wno-vla", "contexts.c"]),
        ("sparse, misspelt", ["sparse", "-Wall", str(directory / "misspelt.c")]),
    ):
        (directory / "misspelt.c").write_text("#include <markers/marker.h>\nstatic void f(void) { MARKER(a, no); }\n")
        result = subprocess.run([*command, *INCLUDE], text=True, capture_output=True, cwd=DIRECTORY)
        expect(result.returncode == 0 and not re.search("error|marker", result.stderr),
               f"{name}: {result.stderr[:500]}")
    assembler = directory / "assembler.S"
    assembler.write_text("#include <markers/marker.h>\n\t.text\nMARKER(nothing, here)\nMARKER_IN(a, b)\n\t.long 1\n")
    for compiler in compilers().values():
        result = compile_c(compiler, assembler, directory / "assembler.o")
        expect(result.returncode == 0, f"{compiler.name}: assembler: {result.stderr}")
    result = subprocess.run(["gcc", "-E", "-P", "-D__GENKSYMS__", *INCLUDE, "contexts.c"], text=True,
                            capture_output=True, cwd=DIRECTORY)
    expect(result.returncode == 0 and "debug_markers" not in result.stdout, "genksyms sees records")


def main():
    chosen = [c for c in compilers().values() if not sys.argv[1:] or c.name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for compiler in chosen:
            check_contexts(compiler, directory)
            check_refused(compiler, directory)
            check_not_kept(compiler, directory)
            check_repeated(compiler, directory)
            check_linked(compiler, directory)
            compared = check_options(compiler, directory)
            print(f"{compiler.name}: {len(DIALECTS)} dialects, {len(REFUSED)} refusals, {compared} sets of options",
                  flush=True)
        check_other_readers(directory)
    print(f"contexts: {failures} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
