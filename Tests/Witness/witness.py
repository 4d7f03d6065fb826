#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Holds what fetch arguments read at the sites of a running program against what another build of it says itself.

    witness.py TOOL PROGRAM TRUTH LEAST                       by the tracer of Benchmarks/truth, on this machine
    witness.py TOOL PROGRAM TRUTH LEAST --machine 32|64 EMULATOR   by gdb-multiarch and qemu's user emulation, big-endian

TRUTH is the file that the telling program wrote (truth.c). Every marker that the tool calls ok has to be hit as often as
there, and every value that it calls ok has to be right at each hit; at least LEAST values have to be so.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, os.pardir, os.pardir, "Benchmarks", "truth", "harness")]
import building  # noqa: E402
import fetching  # noqa: E402
import logs  # noqa: E402


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("program")
    parser.add_argument("truth")
    parser.add_argument("least", type=int)
    parser.add_argument("--machine", nargs=2, metavar=("BITS", "EMULATOR"))
    return parser.parse_args()


def markers(tool, program):
    done = subprocess.run([tool, "resolve", program, "--format", "json"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    return json.loads(done.stdout)["markers"]


def true_hits(path):
    """-> {marker: [values of each hit]}"""
    hits = collections.defaultdict(list)
    with open(path) as file:
        for line in file:
            name, *values = line.split()
            hits[name].append([int(value, 16) for value in values])
    return hits


def fetch(argument):
    return argument["fetch"] and (argument["fetch"], argument["type"])


def traced(program, found):
    """{marker: [values of each hit]}; None is a value without an argument, "fault" one that cannot be read"""
    cache = os.path.expanduser("~/.cache/markers/truth")
    os.makedirs(cache, exist_ok=True)
    with open(program + ".sites", "w") as file:
        for number, marker in enumerate(found):
            for site in marker["sites"]:
                fetches = [f"{k}={':'.join(fetch(a))}" for k, a in enumerate(site["arguments"]) if fetch(a)]
                count = len(site["arguments"])
                file.write(" ".join([str(number), str(count), site["address"][2:], *fetches]) + "\n")
    log = program + ".log"
    subprocess.run([program], check=True, stdout=subprocess.DEVNULL, env={
        "LD_PRELOAD": building.tracer(cache), "TRUTH_SITES": program + ".sites", "TRUTH_LOG": log})
    told = logs.read(log).marks
    return {marker["name"]: traced_hits(told.get(number)) for number, marker in enumerate(found)}


def traced_hits(mark):
    if mark is None:
        return []
    kinds = {ord("v"): lambda value: value, ord("-"): lambda _: None, ord("!"): lambda _: "fault"}
    columns = [[kinds[s](v) for s, v in zip(states, values)] for states, values in mark.values]
    return [list(row) for row in zip(*columns)] if columns else [[]] * mark.count


def emulated(program, found, bits, emulator):
    """As `traced`, on a big-endian machine."""
    socket, asked, told = program + ".socket", program + ".asked", program + ".told"
    sites = [(marker["name"], site) for marker in found for site in marker["sites"]]
    with open(asked, "w") as file:
        json.dump({
            "word_bytes": int(bits) // 8, "order": "big", "socket": socket, "told": told,
            "sites": [{"address": site["address"], "fetches": [fetch(a) for a in site["arguments"]]}
                      for _, site in sites]}, file)
    machine = subprocess.Popen([emulator, "-g", socket, program])
    try:
        while not os.path.exists(socket) and machine.poll() is None:
            time.sleep(0.05)
        subprocess.run(
            ["gdb-multiarch", "-nx", "-batch", "-x", os.path.join(HERE, "ask_gdb.py"), program],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120,
            env={**os.environ, "WITNESS_ASKED": asked, "WITNESS_HERE": HERE})
    finally:
        machine.kill()
        machine.wait()
    hits = collections.defaultdict(list)
    with open(told) as file:
        for number, values in json.load(file):
            hits[sites[number][0]].append(values)
    return hits


def agrees(argument, value, wanted):
    """Of a capture that asks for the bits alone, no more than those are compared."""
    if not argument["name"].startswith("bits_"):
        return value == wanted
    shape = fetching.SHAPE.fullmatch(argument["type"])
    return value == wanted & fetching.mask(int(shape["width"] or shape["bits"]))


class Comparison:
    def __init__(self):
        self.right, self.ok, self.problems, self.doubted = 0, 0, [], []

    def marker(self, marker, seen, true):
        claims = marker["status"] == "ok"
        self.ok += claims
        if len(seen) != len(true):
            self.note(claims, f"{marker['name']}: {len(seen)} hits, truly {len(true)}")
            return
        for k in range(len(true[0]) if true else 0):
            self.capture(marker, k, [hit[k] for hit in seen], [hit[k] for hit in true])

    def capture(self, marker, k, seen, true):
        offered = [site["arguments"][k] for site in marker["sites"] if fetch(site["arguments"][k])]
        pairs = [(value, wanted) for value, wanted in zip(seen, true) if value is not None]
        if not offered or not pairs:
            return
        claims = marker["status"] == "ok" and all(a["status"] == "ok" for a in offered)
        wrong = [pair for pair in pairs if not any(agrees(a, *pair) for a in offered)]
        if not wrong:
            self.right += claims
            return
        value, wanted = wrong[0]
        places = ", ".join(sorted({f"{a['fetch']}:{a['type']}" for a in offered}))
        self.note(claims, f"{marker['name']}: '{offered[0]['expression']}' = {places} read {value:#x}, truly {wanted:#x},"
                  f" in {len(wrong)} of {len(pairs)} hits")

    def note(self, claims, text):
        (self.problems if claims else self.doubted).append(text)


def main():
    chosen = options()
    found = markers(chosen.tool, chosen.program)
    true = true_hits(chosen.truth)
    seen = emulated(chosen.program, found, *chosen.machine) if chosen.machine else traced(chosen.program, found)
    comparison = Comparison()
    for marker in found:
        comparison.marker(marker, seen[marker["name"]], true[marker["name"]])
    if comparison.right < chosen.least:
        comparison.problems.append(f"{comparison.right} values are right and claimed, fewer than {chosen.least}")
    for text in comparison.doubted:
        print("  announced:", text)
    for text in comparison.problems:
        print("  wrong:", text)
    print(f"{os.path.basename(chosen.program)}: {comparison.ok} of {len(found)} markers ok,"
          f" {comparison.right} values right at all hits, {len(comparison.problems)} problems")
    return bool(comparison.problems)


if __name__ == "__main__":
    sys.exit(main())
