# SPDX-License-Identifier: MIT
"""Runs the workloads: counted, recorded, traced.  Results of the slow ones are kept by what was run."""
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import building
import elf
import logs

LIMIT = 200
TIMEOUT = 900
# gcc makes one calloc() of malloc() and memset(), and calloc() takes nothing from the thread's cache: without that cache
# the heaps of all builds are laid out alike, and pointers into them can be compared
LAYOUT = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}
# the order in a table whose keys are pointers depends on where the heap begins: at the same place in the program that
# tells the truth and in the one that is measured (runtime/log.c); behind any program, whose own addresses are fixed
PLACED = {**LAYOUT, "TRUTH_HEAP": "0x10000000"}
FIXED = "setarch -R "
# without --skip-plt=no the stub's instructions are counted at the call
CALLGRIND = (
    "valgrind --tool=callgrind --skip-plt=no --dump-instr=yes --dump-line=no --compress-pos=no"
    " --compress-strings=no --callgrind-out-file=counts ")


def execute(build, program, workload, directory, environment=None, prefix=""):
    """Runs one workload in its directory; argv[0] and all paths are equal whatever the program."""
    os.makedirs(directory, exist_ok=True)
    link = os.path.join(directory, "prog")
    if os.path.lexists(link):
        os.unlink(link)
    os.symlink(program, link)
    command = build.corpus.workloads[workload]
    command = command.replace("{program}", prefix + "./prog").replace("{inputs}", build.inputs)
    settings = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": "/nonexistent", "TZ": "UTC"}
    with open(os.path.join(directory, "output"), "wb") as output:
        subprocess.run(
            ["nice", "bash", "-c", "exec " + command], cwd=directory, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, env={**settings, **(environment or {})}, timeout=TIMEOUT)


def workloads(build):
    return range(len(build.corpus.workloads))


def in_parallel(function, items):
    with ThreadPoolExecutor(building.JOBS) as pool:
        return list(pool.map(function, items))


def counts(build, program):
    """-> {address: [executions in each workload]} of the program's own instructions, by callgrind"""
    kept = os.path.join(build.home, "counts." + elf.Program(program).loaded_hash() + ".json")
    parts = [os.path.join(building.HERE, name) for name in ("corpora.py", "inputs.py", "running.py")]
    stamp = building.file_hash(*parts)
    if not building.stamped(kept, stamp):
        def one(workload):
            directory = os.path.join(os.path.dirname(program), f"counted{workload}")
            execute(build, program + ".stripped", workload, directory, prefix=CALLGRIND)
            return read_callgrind(os.path.join(directory, "counts"), elf.Program(program))

        total = {}
        for workload, found in enumerate(in_parallel(one, workloads(build))):
            for address, count in found.items():
                total.setdefault(address, [0] * len(workloads(build)))[workload] = count
        with open(kept, "w") as file:
            json.dump(total, file)
        building.stamp_now(kept, stamp)
    with open(kept) as file:
        return {int(address): count for address, count in json.load(file).items()}


def read_callgrind(path, program):
    """Lines are "0xADDRESS COUNT"; the one after "calls=" is the callee's cost."""
    found, callee = {}, False
    with open(path) as file:
        for line in file:
            if line.startswith("0x") and not callee:
                address, count = line.split()[:2]
                found[int(address, 16)] = found.get(int(address, 16), 0) + int(count)
            callee = line.startswith("calls=")
    os.unlink(path)
    return {address: count for address, count in found.items() if program.holds_code(address)}


def recorded(build, name, compiler, environment, prefix):
    """-> [log of each workload] of the program whose markers count"""
    program = build.truth_program(compiler)
    # the inputs' path is an argument: its length moves the heap
    stamp = building.file_hash(program) + str([LIMIT, prefix, environment, build.inputs])
    result = []
    for workload in workloads(build):
        directory = os.path.join(build.home, name, str(workload))
        log = os.path.join(directory, "log")
        if not building.stamped(log, stamp):
            execute(build, program, workload, directory, {
                **environment, "TRUTH_LOG": log, "TRUTH_LIMIT": str(LIMIT)}, prefix)
            building.stamp_now(log, stamp)
        result.append(logs.read(log))
    return result


def traced(build, program, name, library, sites):
    """-> [log of each workload] of what the fetch arguments read; sites: lines for the tracer"""
    directory = os.path.join(os.path.dirname(program), "traced." + name)
    os.makedirs(directory, exist_ok=True)
    definitions = os.path.join(directory, "sites")
    with open(definitions, "w") as file:
        file.write("".join(line + "\n" for line in sites))

    def one(workload):
        place = os.path.join(directory, str(workload))
        log = os.path.join(place, "log")
        if os.path.exists(log):
            os.unlink(log)
        execute(build, program, workload, place, {
            **PLACED, "TRUTH_SITES": definitions, "TRUTH_LOG": log, "TRUTH_LIMIT": str(LIMIT)
        }, f"{FIXED}env LD_PRELOAD={library} ")
        return logs.read(log)

    return in_parallel(one, workloads(build))
