#!/usr/bin/env python3
"""Turns addresses into the guest's definitions, and the guest's console into answers.

    answers.py definitions ADDRESSES.csv --stext HEX
    answers.py answers ADDRESSES.csv CONSOLE
"""
import csv
import sys

# Probes closer than this influence each other: a group never holds two such.
DISTANCE = 32
GROUP_SIZE = 200


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def position(row):
    """A number that tells how near two probes stand: the address, or a symbol's offset."""
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
    lanes = [order[start::17] for start in range(17)]
    for lane in lanes:
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


def print_definitions(rows, stext):
    print("stext", stext)
    for group in groups(rows):
        for number in group:
            print(number, rows[number]["addr"].removeprefix("0x"))
        print()


def print_answers(rows, console):
    errors, flags, complete = {}, {}, False
    with open(console, errors="replace") as file:
        for line in file:
            fields = line.split()
            if len(fields) >= 3 and fields[0] == "A" and fields[1].isdigit():
                errors[int(fields[1])] = fields[2]
            elif len(fields) >= 2 and fields[0] == "F" and fields[1].isdigit():
                flags[int(fields[1])] = fields[2] if len(fields) > 2 else ""
            elif fields[:1] == ["END"]:
                complete = int(fields[1]) == len(rows)
    if not complete:
        sys.exit(f"the kernel answered {len(errors)} of {len(rows)} questions")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow("addr symbol offset verdict errno optimised ftrace".split())
    for number, row in enumerate(rows):
        error = errors[number]
        accepted = error == "OK"
        letters = flags.get(number, "") if accepted else ""
        armed = "a" in letters
        verdict = ("accepted" if armed else "never-armed") if accepted else "refused"
        out.writerow([row["addr"], row.get("symbol", ""), row.get("offset", ""), verdict,
                      "" if accepted else error,
                      int("o" in letters) if armed else "", int("f" in letters) if armed else ""])


def main():
    rows = read(sys.argv[2])
    if sys.argv[1] == "definitions":
        print_definitions(rows, sys.argv[sys.argv.index("--stext") + 1])
    else:
        print_answers(rows, sys.argv[3])


if __name__ == "__main__":
    main()
