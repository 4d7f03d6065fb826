"""Prints the markers of a resolution (`markers resolve --format json`) as a marker list without arguments: list.py JSON"""

import json
import sys

if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        for marker in json.load(file)["markers"]:
            print(f"{marker['provider']}:{marker['name']} {marker['file']}:{marker['line']}")
