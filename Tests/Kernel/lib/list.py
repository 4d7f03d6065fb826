"""Prints the markers of a resolution (`markers resolve --format json`) as a list of what the tool claims: list.py JSON

One marker a line: provider:name file:line STATUS [ARGUMENT…], with the arguments whose value has a doubt or is missing at
some site. The checker holds the tool to what it calls ok and only counts what it calls approximate.
"""

import json
import sys


def doubtful(marker):
    """Names of the arguments that are not ok at every site, sorted."""
    arguments = (argument for site in marker["sites"] for argument in site["arguments"])
    return sorted({argument["name"] for argument in arguments if argument["status"] != "ok"})


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        for marker in json.load(file)["markers"]:
            words = [f"{marker['provider']}:{marker['name']}", f"{marker['file']}:{marker['line']}", marker["status"]]
            print(" ".join(words + doubtful(marker)))
