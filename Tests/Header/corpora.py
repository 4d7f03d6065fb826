# SPDX-License-Identifier: MIT
"""The C files that the zero cost tests compile, each with the command line that its own build uses."""

import os
import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = Path(os.environ.get("MARKERS_CACHE", Path.home() / ".cache/markers"))

# Debian source package -> where its C files are and what they are compiled with.
PACKAGES = {
    "bzip2": ("*.c", [], ("dlltest.c", "mk251.c", "spewG.c", "unzcrash.c")),
    "lua5.4": ("src/*.c", ["-DLUA_COMPAT_5_3", "-DLUA_USE_LINUX"], ("luac.c",)),
    "zlib": ("*.c", ["-DHAVE_UNISTD_H"], ()),
}
# Cross compiler, clang's target and the kernel's name for each architecture.
ARCHITECTURES = {
    "x86": ("", "x86_64-linux-gnu"),
    "arm64": ("aarch64-linux-gnu-", "aarch64-linux-gnu"),
    "arm": ("arm-linux-gnueabihf-", "arm-linux-gnueabihf"),
}
# What tinyconfig leaves out on an architecture and the kernel files need.
CONFIGURATION = {
    "arm": "CONFIG_MMU=y\nCONFIG_ARCH_MULTIPLATFORM=y\nCONFIG_ARCH_MULTI_V7=y\nCONFIG_ARCH_VIRT=y\n",
}


class Source(NamedTuple):
    """One C file: `path` below `root`, compiled in `directory` with `arguments` (no compiler, -c, -o, file)."""

    root: Path
    path: str
    directory: Path
    arguments: list


def run(command, **options):
    """A command that must succeed; its output as text."""
    result = subprocess.run(command, text=True, capture_output=True, **options)
    if result.returncode != 0:
        raise RuntimeError(f"{shlex.join(map(str, command))}: {result.stderr.strip()[-2000:]}")
    return result.stdout


def user_sources(package):
    """The C files of a Debian source package's original, downloaded and unpacked when missing."""
    directory = CACHE / "sources"
    directory.mkdir(parents=True, exist_ok=True)
    unpacked = directory / package
    if not unpacked.exists():
        run(["apt-get", "source", "--download-only", package], cwd=directory)
        archive = sorted(directory.glob(f"{package}_*.orig.tar.*"))[-1]
        unpacked.mkdir()
        run(["tar", "-xf", archive, "-C", unpacked, "--strip-components=1"])
    pattern, arguments, left_out = PACKAGES[package]
    files = sorted(p for p in unpacked.glob(pattern) if p.name not in left_out)
    return [Source(unpacked, str(f.relative_to(unpacked)), f.parent, ["-I.", *arguments]) for f in files]


def kernel_list(suffix):
    lines = (HERE / "kernel-files.txt").read_text().splitlines()
    return [line for line in lines if line.endswith(suffix) and not line.startswith("#")]


def kernel_sources(architecture, family, files):
    """Kernel files with Kbuild's own command lines for gcc or clang.

    Configures a build directory and compiles the files once, which leaves their command lines. Markers of the
    kernel patch are off there.
    """
    source = Path(run([HERE / "small-kernel-source.sh", "6.1"]).strip())
    build = source.parent / f"check-{architecture}-{family}"
    build.mkdir(exist_ok=True)
    prefix, target = ARCHITECTURES[architecture]
    make = ["nice", "make", "-s", "-C", source, f"O={build}", f"-j{os.environ.get('MARKERS_JOBS', '2')}"]
    make += [f"ARCH={architecture}", f"CROSS_COMPILE={prefix}", *kernel_tools(family)]
    configure(make, source, build, CONFIGURATION.get(architecture, ""))
    run([*make, *[f[:-1] + "o" for f in files]])
    return [Source(source, f, build, kernel_arguments(build, f)) for f in files]


def kernel_tools(family):
    """The oldest clang, whose options the newer ones know too."""
    clangs = sorted(Path("/usr/bin").glob("clang-[0-9]*"), key=lambda p: int(p.name.split("-")[1]))
    return [] if family == "gcc" else [f"CC={clangs[0].name}"]


def configure(make, source, build, addition):
    """tinyconfig with the project's fragment and an addition, once."""
    fragment = (ROOT / "Fixtures/kernel-patch/small-kernel.config").read_text() + addition
    fragment = fragment.replace("CONFIG_STATIC_MARKERS=y", "CONFIG_STATIC_MARKERS=n")
    kept = build / "small.config"
    if kept.exists() and kept.read_text() == fragment:
        return
    run([*make, "tinyconfig"])
    (build / "fragment").write_text(fragment)
    run([source / "scripts/kconfig/merge_config.sh", "-m", "-O", build, build / ".config", build / "fragment"])
    run([*make, "olddefconfig"])
    run([*make, "prepare"])
    kept.write_text(fragment)


def kernel_arguments(build, file):
    """What Kbuild passed to the compiler, out of the .cmd file that it leaves."""
    path = Path(file)
    command = (build / path.parent / f".{path.stem}.o.cmd").read_text().splitlines()[0]
    words = shlex.split(command.split(":=", 1)[1].split(" ; ")[0])[1:]
    words = words[: words.index("-c")]
    return [w for w in words if not w.startswith(("-Wp,-MMD", "--target", "-Werror", "-fmacro-prefix-map"))]
