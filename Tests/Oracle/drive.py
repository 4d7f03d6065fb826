#!/usr/bin/env python3
"""Asks a kernel under QEMU about the addresses of a CSV and writes its answers.

    drive.py ADDRESSES.csv ROOT MACHINE --stext HEX -- QEMU-COMMAND…

ROOT is the directory of the guest's files without `definitions`; QEMU-COMMAND contains the words INITRD, CONSOLE and
MONITOR. The guest's /proc/cpuinfo goes to the file MACHINE.cpuinfo, its text, if it tells where, to MACHINE.text.
A probe may hang the guest: when the console stands still the guest is killed, and the group of probes that was
armed is asked again in halves; a single probe that hangs counts as accepted, with nothing known of its class.
"""
import csv
import gzip
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

# Probes closer than this influence each other: a group never holds two such.
DISTANCE = 32
GROUP_SIZE = 200
# Seconds without a word on the console after which the guest counts as hanging.
STALL = 150


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def position(row):
    """A symbol and a number that tell how near two probes stand."""
    text = row["addr"].removeprefix("0x")
    try:
        return ("", int(text, 16))
    except ValueError:
        symbol, _, offset = text.partition("+")
        return (symbol, int(offset or "0", 0))


def groups(rows):
    """Splits the row numbers into groups whose probes stand far enough apart."""
    result = []
    order = sorted(range(len(rows)), key=lambda number: position(rows[number]))
    for lane in (order[start::DISTANCE] for start in range(DISTANCE)):
        group, last = [], None
        for number in lane:
            place = position(rows[number])
            near = last and place[0] == last[0] and place[1] - last[1] < DISTANCE
            if near or len(group) >= GROUP_SIZE:
                result.append(group)
                group = []
            group.append(number)
            last = place
        result.append(group)
    return [group for group in result if group]


class Answers:
    """What the guest said, by row number."""

    def __init__(self):
        self.errors = {}
        self.flags = {}
        # Hits, and what the program ended with before and after.
        self.runs = {}
        # Accepted probes that hang the guest when they are armed.
        self.hanging = set()
        self.processor = []

    def read(self, console):
        """Takes in a console log; returns whether the guest finished."""
        finished = False
        self.processor = [line[2:] for line in console.splitlines() if line.startswith("C ")]
        for line in console.splitlines():
            fields = line.split()
            if len(fields) == 3 and fields[0] == "A" and fields[1].isdigit():
                self.errors[int(fields[1])] = fields[2]
            elif len(fields) in (2, 3) and fields[0] == "F" and fields[1].isdigit():
                self.flags[int(fields[1])] = fields[2] if len(fields) == 3 else ""
            elif len(fields) == 5 and fields[0] == "R" and fields[1].isdigit():
                self.runs[int(fields[1])] = [int(field) for field in fields[2:]]
            elif fields[:1] == ["END"]:
                finished = True
        return finished


def definitions(rows, pending, stext):
    lines = [f"stext {stext}"]
    for group in pending:
        lines += [f"{number} {rows[number]['addr'].removeprefix('0x')}" for number in group] + [""]
    return "\n".join(lines) + "\n"


def save_text(monitor, log, path):
    """Saves the guest's text if its console log tells where it is; returns whether it does."""
    told = re.search(r"^T ([0-9a-f]+) ([0-9a-f]+)$", log, re.MULTILINE)
    if told:
        start, end = int(told[1], 16), int(told[2], 16)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(monitor))
            connection.sendall(f'memsave {start:#x} {end - start:#x} "{path}"\n'.encode())
            answer = b""
            while answer.count(b"(qemu)") < 2:
                answer += connection.recv(4096)
    return bool(told)


def boot(root, text, command, text_path):
    """Runs the guest with these definitions until it powers off or hangs; returns its console log."""
    (root / "definitions").write_text(text)
    with tempfile.TemporaryDirectory() as work:
        initrd, console, monitor = (pathlib.Path(work, name) for name in ("initrd", "console", "monitor"))
        archive = subprocess.run("find . | cpio -o -H newc -R 0:0 --quiet", shell=True, cwd=root,
                                 stdout=subprocess.PIPE, check=True).stdout
        initrd.write_bytes(gzip.compress(archive, 1))
        places = {"INITRD": initrd, "CONSOLE": console, "MONITOR": monitor}
        words = [re.sub("|".join(places), lambda word: str(places[word[0]]), word) for word in command]
        guest = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        size, since, is_saved = 0, time.monotonic(), False
        while guest.poll() is None:
            time.sleep(1)
            now = console.stat().st_size if console.exists() else 0
            if now and not is_saved:
                is_saved = save_text(monitor, console.read_text(errors="replace"), text_path)
            if now != size:
                size, since = now, time.monotonic()
            elif time.monotonic() - since > STALL:
                guest.kill()
                guest.wait()
        return console.read_text(errors="replace") if console.exists() else ""


def is_complete(group, answers):
    """Whether every probe of the group is answered, and the class of every accepted one is known."""
    return all(answers.errors.get(number) not in (None, "OK") or number in answers.flags for number in group)


def ask(rows, root, stext, command, text_path):
    answers = Answers()
    pending = groups(rows)
    suspects = set()
    failures = 0
    while pending:
        log = boot(root, definitions(rows, pending, stext), command, text_path)
        if failed := re.search(r"^E module \w+", log, re.MULTILINE):
            sys.exit(f"the guest does not load the module: {failed[0]}")
        if answers.read(log):
            break
        if "BEGIN" not in log:
            # A loaded host may make the guest give up on its timers.
            failures += 1
            if failures == 3:
                sys.exit(f"the guest does not come up: {log[-300:]}")
            continue
        while pending and is_complete(pending[0], answers):
            pending.pop(0)
        if not pending:
            break
        hanging = pending.pop(0)
        print(f"a group of {len(hanging)} probes hangs the guest", file=sys.stderr)
        if len(hanging) == 1 and hanging[0] in suspects:
            answers.hanging.add(hanging[0])
        elif len(hanging) == 1:
            # A loaded host may hang a guest by itself: once more.
            suspects.add(hanging[0])
            pending.insert(0, hanging)
        else:
            middle = len(hanging) // 2
            pending = [hanging[:middle], hanging[middle:]] + pending
    return answers


def outcome(run):
    """Hits, whether the kernel stepped an instruction, and whether the program did what it does without the probe."""
    if run is None:
        return ["", "", ""]
    hits, before, after = run
    return [hits, after & 1 if after < 256 else "", int(before | 1 == after | 1)]


def write(rows, answers, out):
    table = csv.writer(out, lineterminator="\n")
    table.writerow("addr symbol offset verdict errno optimised ftrace hits stepped unchanged".split())
    for number, row in enumerate(rows):
        error = answers.errors.get(number)
        letters = answers.flags.get(number)
        verdict, optimised, ftrace = "refused", "", ""
        if error is None:
            verdict = "unanswered"
        elif error == "OK":
            error = ""
            # Without a line in the list of probes the definition waits for a module.
            known = letters is not None or number in answers.hanging
            verdict = "accepted" if known else "never-armed"
            if letters is not None and "a" in letters:
                optimised, ftrace = int("o" in letters), int("f" in letters)
        table.writerow([row["addr"], row.get("symbol", ""), row.get("offset", ""), verdict, error or "", optimised,
                        ftrace, *outcome(answers.runs.get(number))])


def main():
    arguments, command = sys.argv[1:sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1:]
    rows = read(arguments[0])
    answers = ask(rows, pathlib.Path(arguments[1]), arguments[4], command, f"{arguments[2]}.text")
    pathlib.Path(f"{arguments[2]}.cpuinfo").write_text("\n".join(answers.processor) + "\n")
    write(rows, answers, sys.stdout)


if __name__ == "__main__":
    main()
