# SPDX-License-Identifier: MIT
"""Builds a corpus: marked once, then compiled at each level with each kind of marker."""
import hashlib
import json
import os
import subprocess

import inputs
import marking
import sources

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = os.path.join(HERE, os.pardir, "runtime")
HEADER = os.path.join(HERE, os.pardir, os.pardir, os.pardir, "include", "markers", "marker.h")
LEVELS = {
    "gcc-O1": ["gcc-12", "-O1"], "gcc-O2": ["gcc-12", "-O2"], "gcc-O3": ["gcc-12", "-O3"],
    "gcc-Os": ["gcc-12", "-Os"], "clang-14-O2": ["clang-14", "-O2"], "clang-16-O2": ["clang-16", "-O2"],
    "clang-19-O2": ["clang-19", "-O2"],
}
TRUTH = ["gcc-12", "-O0"]
# another layout, another order of evaluation, and locals that are filled before they are set
TRUTH_AGAIN = ["clang-16", "-O0", "-ftrivial-auto-var-init=pattern"]
ALWAYS = ["-g", "-std=gnu11", "-w", "-fno-pie"]
# record: the project's header, the markers are found in the binary; list: an empty macro and a marker list
MODES = ("record", "list")
JOBS = 2


def file_hash(*paths):
    digest = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:16]


def stamped(path, stamp):
    """Whether the step whose result is `path` was done with this stamp."""
    try:
        with open(path + ".stamp") as file:
            return file.read() == stamp
    except FileNotFoundError:
        return False


def stamp_now(path, stamp):
    with open(path + ".stamp", "w") as file:
        file.write(stamp)


class Build:
    """A corpus in the cache."""

    def __init__(self, corpus, cache):
        self.corpus = corpus
        self.home = os.path.join(cache, corpus.name)
        self.inputs = os.path.join(cache, "inputs")
        self.trees = {mode: os.path.join(self.home, "marked." + mode) for mode in MODES}
        self.source = sources.source(corpus, cache)
        self.version = file_hash(
            *(os.path.join(HERE, name) for name in ("marking.py", "facts.py", "corpora.py")))
        os.makedirs(self.home, exist_ok=True)
        inputs.write(self.inputs)
        self.markers = self.mark()

    def mark(self):
        description = os.path.join(self.home, "markers.json")
        if not stamped(description, self.version):
            markers = marking.mark(
                self.source, self.corpus.units, self.corpus.flags, self.corpus.only, self.trees["record"],
                self.trees["list"])
            with open(description, "w") as file:
                json.dump(markers, file)
            stamp_now(description, self.version)
        with open(description) as file:
            return json.load(file)

    def program(self, level, mode):
        """-> the path of the optimised program"""
        if mode == "record":
            extra = ["-DMARKER_PROVIDER=\"truth\"", "-DMARKER_UNIQUE=__COUNTER__", "-include", HEADER]
            return self.compile(f"{level}.{mode}", mode, LEVELS[level], extra, [], file_hash(HEADER))
        return self.compile(f"{level}.{mode}", mode, LEVELS[level], ["-DMARKER(...)="], [], "")

    def truth_program(self, compiler):
        """-> the path of the program whose markers count"""
        extra = ["-include", os.path.join(RUNTIME, "recorder.h")]
        parts = [os.path.join(RUNTIME, name) for name in ("recorder.c", "log.c", "log.h", "recorder.h")]
        return self.compile(f"truth.{compiler[0]}", "record", compiler, extra, parts[:2], file_hash(*parts))

    def compile(self, name, mode, compiler, extra, more, stamp):
        directory = os.path.join(self.home, name)
        program = os.path.join(directory, "program")
        flags = compiler + ALWAYS + self.corpus.flags + extra
        stamp = " ".join(flags) + stamp + self.version
        if stamped(program, stamp):
            return program
        os.makedirs(directory, exist_ok=True)
        objects = self.objects(self.trees[mode], directory, flags)
        objects += self.runtime_objects(directory, more)
        libraries = [text.replace("{source}", self.source) for text in self.corpus.libraries]
        sources.run([compiler[0], "-no-pie", "-Wl,--build-id=none", "-o", program] + objects + libraries)
        # valgrind 3.19 cannot read clang's DWARF 5: the counted copy has none, at the same addresses
        sources.run(["strip", "-g", "-o", program + ".stripped", program])
        stamp_now(program, stamp)
        return program

    def objects(self, tree, directory, flags):
        running, paths = [], []
        for unit in self.corpus.units:
            path = os.path.join(directory, unit.replace("/", "_") + ".o")
            paths.append(path)
            running.append(subprocess.Popen(["nice"] + flags + ["-c", unit, "-o", path], cwd=tree))
            if len(running) == JOBS and running.pop(0).wait():
                raise sources.Failed(f"{unit} of {self.corpus.name} does not compile: {' '.join(flags)}")
        if any(process.wait() for process in running):
            raise sources.Failed(f"{self.corpus.name} does not compile: {' '.join(flags)}")
        return paths

    def runtime_objects(self, directory, files):
        paths = []
        for file in files:
            paths.append(os.path.join(directory, os.path.basename(file) + ".o"))
            sources.run(["gcc-12", "-O2", "-Wall", "-fno-pie", "-c", file, "-o", paths[-1]])
        return paths


def tracer(cache):
    """-> the path of the preloaded tracer"""
    library = os.path.join(cache, "tracer.so")
    parts = [os.path.join(RUNTIME, name) for name in ("tracer.c", "fetch.c", "log.c", "fetch.h", "log.h")]
    if not stamped(library, file_hash(*parts)):
        sources.run(["gcc-12", "-O2", "-Wall", "-fPIC", "-shared", "-o", library] + parts[:3])
        stamp_now(library, file_hash(*parts))
    return library
