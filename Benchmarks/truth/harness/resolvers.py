# SPDX-License-Identifier: MIT
"""Asks a tool where markers are: the project's own, and its peers as people use them today."""
import json
import os
import re
import subprocess
import time
from dataclasses import dataclass, field

import elf
import logs
import running


@dataclass
class Answer:
    """`sites`: {address: {k: fetch argument}}; `doubted`: {k: why} of those offered without a claim;
    `absent`: {k: why} of those that some site lacks;
    `read`: {k: (states, values)} at the first hits, of a tool that reads values itself, in one workload."""
    status: str = "none"
    sites: dict = field(default_factory=dict)
    doubted: dict = field(default_factory=dict)
    absent: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)
    read: dict = field(default_factory=dict)
    read_in: int = 0


@dataclass
class Question:
    build: object
    program: str
    mode: str
    markers: list


def own(question):
    """markers resolve -> ({number: Answer}, seconds)"""
    command = [os.environ.get("MARKERS", "markers"), "resolve", question.program, "--format", "json"]
    if question.mode == "list":
        path = question.program + ".list"
        with open(path, "w") as file:
            for m in question.markers:
                values = ", ".join(value["text"] for value in m["values"])
                file.write(f"truth:m{m['number']}  {m['file']}:{m['line']}  {values}\n")
        command += ["--markers", path]
    began = time.monotonic()
    done = subprocess.run(["nice"] + command, cwd=question.build.trees[question.mode], stdout=subprocess.PIPE)
    seconds = time.monotonic() - began
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}, no JSON")
    asked = {m["number"] for m in question.markers}
    found = {int(entry["name"][1:]): own_answer(entry) for entry in report["markers"]}
    return {number: answer for number, answer in found.items() if number in asked}, seconds


def own_answer(entry):
    answer = Answer(status=entry["status"], reasons=[f["code"] for f in entry.get("findings", [])])
    for site in entry["sites"]:
        fetches = {}
        for k, argument in enumerate(site["arguments"]):
            if argument.get("fetch"):
                fetches[k] = argument["fetch"] + (":" + argument["type"] if argument.get("type") else "")
            if argument["status"] != "ok":
                (answer.doubted if k in fetches else answer.absent)[k] = argument["reason"]
        answer.sites[int(site["address"], 16)] = fetches
    return answer


def peer_line(question, marker):
    """Peers are asked for the next statement's line: the marker's own has no code without the header."""
    return marker["line"] + (question.mode == "list")


def perf(question):
    """perf probe -D -> ({number: Answer}, seconds); the line alone first, since one bad variable fails all"""
    program = elf.Program(question.program)

    def ask(where):
        done = subprocess.run(
            ["nice", "perf", "probe", "-x", question.program, "-D", where], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        return perf_sites(done.stdout.decode(), program)

    def one(marker):
        names = [value["text"] for value in marker["values"]]
        where = f"{marker['file']}:{peer_line(question, marker)}"
        sites = ask(where) or ask(f"{marker['file']}:{marker['line'] + 1}")
        answer = Answer("ok" if sites else "none", {address: {} for address in sites})
        together = ask(" ".join([where, *names])) if sites and names else {}
        for k, name in enumerate(names if sites else []):
            asked = together or (ask(f"{where} {name}") if len(names) > 1 else {})
            for address, fetches in asked.items():
                position = k if together else 0
                if address in answer.sites and position in fetches:
                    answer.sites[address][k] = fetches[position]
        return marker["number"], answer

    began = time.monotonic()
    answers = dict(running.in_parallel(one, question.markers))
    return answers, time.monotonic() - began


def perf_sites(text, program):
    """{address: {position: fetch}} of definition lines; perf's stand-in for a missing value is left out"""
    sites = {}
    for line in text.splitlines():
        found = re.match(r"p:\S+ \S+:0x([0-9a-f]+)\s*(.*)", line)
        if found:
            fetches = [word.split("=", 1)[1] for word in found.group(2).split() if "=" in word]
            sites[program.address_of(int(found.group(1), 16))] = {
                position: fetch for position, fetch in enumerate(fetches)
                if "deade12d" not in fetch and not re.match(r"@[A-Za-z_]", fetch)
            }
    return sites


def gdb(question):
    """gdb's breakpoint locations, and what it prints at the first hits -> ({number: Answer}, seconds)"""
    answers = {}
    markers = [
        dict(m, line=peer_line(question, m), texts=[v["text"] for v in m["values"]])
        for m in question.markers]
    began = time.monotonic()
    for number, addresses in ask_gdb(question, "places", markers).items():
        answers[int(number)] = Answer("ok" if addresses else "none", {a: {} for a in addresses})
    seconds = time.monotonic() - began
    todo = [m for m in markers if answers[m["number"]].sites and m["texts"]]
    read_values(question, todo, answers)
    return answers, seconds


def gdb_at_sites(question, wanted):
    """What gdb reads from places that a fetch argument can read, at given sites.

    wanted: {number: (addresses, texts)} -> {number: Answer} with `read` by position in `texts`
    """
    markers = [
        dict(m, addresses=sorted(wanted[m["number"]][0]), texts=wanted[m["number"]][1],
             values=[v for v in m["values"] if v["text"] in wanted[m["number"]][1]])
        for m in question.markers if m["number"] in wanted]
    answers = {m["number"]: Answer() for m in markers}
    read_values(question, markers, answers)
    return answers


def ask_gdb(question, kind, markers, command=""):
    """Runs gdb with ask_gdb.py in it, under the shell so that redirections work, with the argv[0] of other runs."""
    directory = os.path.dirname(question.program)
    asked, told = os.path.join(directory, "gdb.asked"), os.path.join(directory, "gdb.told")
    here = os.path.dirname(os.path.abspath(__file__))
    place(question, os.path.join(directory, "gdb"))
    with open(asked, "w") as file:
        json.dump({"kind": kind, "told": told, "run": command, "markers": markers}, file)
    subprocess.run(
        ["nice", "gdb", "-nx", "-batch", "-x", os.path.join(here, "ask_gdb.py"), "./prog"],
        cwd=os.path.join(directory, "gdb"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": "/nonexistent", "TZ": "UTC",
             "SHELL": "/bin/bash", "TRUTH_ASKED": asked, **running.LAYOUT}, timeout=running.TIMEOUT)
    with open(told) as file:
        return json.load(file)


def read_values(question, todo, answers):
    """Fills in what gdb reads, each marker in the first workload that comes to it."""
    image = elf.Program(question.program).loaded
    for workload, command in enumerate(question.build.corpus.workloads):
        command = command.replace("{program} ", "").replace("{inputs}", question.build.inputs)
        command += " > stdout 2> stderr" + ("" if "<" in command else " < /dev/null")
        read = ask_gdb(question, "values", todo, command)
        space = logs.Log(
            {}, read["space"]["heap_start"], image[0].address, image[-1].address + image[-1].size,
            read["space"]["stack_start"] + (1 << 20))
        for m in [m for m in todo if str(m["number"]) in read["values"]]:
            answers[m["number"]].read_in = workload
            answers[m["number"]].read = {
                k: gdb_hits(hits, m["values"][k]["pointer"], space)
                for k, hits in enumerate(read["values"][str(m["number"])])
            }
        todo = [m for m in todo if str(m["number"]) not in read["values"]]


def gdb_hits(hits, pointer, space):
    """-> (states, values) as a log has them"""
    states = bytes(ord("-") if hit is None else ord("!") if hit == "!" else ord("v") for hit in hits)
    numbers = [hit if isinstance(hit, int) else 0 for hit in hits]
    return states, [space.pointer(n) for n in numbers] if pointer else numbers


def place(question, directory):
    os.makedirs(directory, exist_ok=True)
    if os.path.lexists(os.path.join(directory, "prog")):
        os.unlink(os.path.join(directory, "prog"))
    os.symlink(question.program, os.path.join(directory, "prog"))


RESOLVERS = {"markers": own, "gdb": gdb, "perf": perf}
