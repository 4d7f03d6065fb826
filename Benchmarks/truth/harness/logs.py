# SPDX-License-Identifier: MIT
"""Reads the logs of recorder and tracer (runtime/log.h)."""
import struct
from array import array
from dataclasses import dataclass

MAGIC = b"mklog1\0\0"
HEAP = 1 << 62
STACK, IMAGE, ELSEWHERE = 3, 2, 1
HEAP_SIZE = 256 << 20
STACK_SIZE = 64 << 20


@dataclass
class Hits:
    """One marker in one workload; `values[k]` is (states, values) of the first hits."""
    count: int
    values: list


@dataclass
class Log:
    marks: dict
    heap_start: int
    image_start: int
    image_end: int
    stack_end: int

    def pointer(self, value):
        """A pointer as builds can agree on it: distance into the heap, else what it points into."""
        if not value:
            return 0
        if self.heap_start <= value < self.heap_start + HEAP_SIZE:
            return HEAP | value - self.heap_start
        if self.image_start <= value < self.image_end:
            return IMAGE
        return STACK if self.stack_end - STACK_SIZE <= value < self.stack_end else ELSEWHERE


def read(path):
    """-> Log; a program that wrote none (it crashed) gives one without marks"""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return Log({}, 0, 0, 0, 0)
    if data[:8] != MAGIC:
        raise ValueError(f"{path}: not a log")
    log = Log({}, *struct.unpack_from("<4Q", data, 8))
    at = 40
    while at < len(data):
        number, value_count, count, logged = struct.unpack_from("<IIQQ", data, at)
        at += 24
        values = []
        for _ in range(value_count):
            states = data[at:at + logged]
            numbers = array("Q", data[at + logged:at + 9 * logged])
            values.append((states, numbers))
            at += 9 * logged
        log.marks[number] = Hits(count, values)
    return log
