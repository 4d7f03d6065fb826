"""Prints the files of the named modules and of all they depend on, in load order: modules.py DIRECTORY NAME…"""

import os
import re
import sys


def module_files(directory):
    """Paths by module name (with _ for -) of every .ko below directory."""
    found = {}
    for folder, _, names in sorted(os.walk(directory)):
        for name in sorted(names):
            if name.endswith(".ko"):
                found[name[:-3].replace("-", "_")] = os.path.join(folder, name)
    return found


def dependencies(path):
    with open(path, "rb") as file:
        match = re.search(rb"\0depends=([^\0]*)\0", file.read())
    return [name.replace("-", "_") for name in match[1].decode().split(",") if name] if match else []


def closure(names, files):
    order = []

    def add(name):
        if name in order:
            return
        for needed in dependencies(files[name]):
            add(needed)
        order.append(name)

    for name in names:
        add(name.replace("-", "_"))
    return [files[name] for name in order]


if __name__ == "__main__":
    print("\n".join(closure(sys.argv[2:], module_files(sys.argv[1]))))
