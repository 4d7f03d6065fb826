#!/usr/bin/env python3
"""Lists every byte of the functions mt_… of a module as a question: CSV with the columns addr, symbol, offset."""
import pathlib
import subprocess
import sys


def main():
    path = pathlib.Path(sys.argv[1])
    print("addr,symbol,offset")
    for line in subprocess.run(["nm", "-nS", path], capture_output=True, text=True, check=True).stdout.splitlines():
        fields = line.split()
        if len(fields) == 4 and "mt_" in fields[3] and fields[2] in "tT":
            for offset in range(int(fields[1], 16)):
                print(f"{path.stem}:{fields[3]}+{offset:#x},{fields[3]},{offset}")


if __name__ == "__main__":
    main()
