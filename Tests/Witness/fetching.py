# SPDX-License-Identifier: MIT
"""What a fetch argument gives on a machine of any width and byte order: kernel/trace/trace_probe_tmpl.h."""
import re

SHAPE = re.compile(r"(?P<style>[usx])(?P<bits>8|16|32|64)|b(?P<width>\d+)@(?P<shift>\d+)/(?P<container>8|16|32|64)")
NESTED = re.compile(r"([+-]\d+)\((.*)\)")


class Machine:
    """`register(name)` -> unsigned number, `memory(address, byte_count)` -> bytes; `order`: "big" or "little"."""

    def __init__(self, word_bytes, order, register, memory):
        self.word_bytes, self.order, self.register, self.memory = word_bytes, order, register, memory

    def value(self, expression, type_):
        """-> the value in 64 bits, sign extended from a signed type"""
        shape = SHAPE.fullmatch(type_)
        bits = int(shape["container"] or shape["bits"])
        value = self.read(expression, bits // 8) & mask(bits)
        if shape["width"]:
            return value >> int(shape["shift"]) & mask(int(shape["width"]))
        if shape["style"] == "s" and value >> (bits - 1):
            value |= mask(64) & ~mask(bits)
        return value

    def read(self, expression, byte_count):
        """The last read takes as many bytes as the type has; those on the way there take a word."""
        if expression.startswith("%"):
            return self.register(expression[1:])
        if expression.startswith("\\"):
            return int(expression[1:])
        if expression.startswith("@"):
            return self.load(int(expression[1:], 16), byte_count)
        offset, inner = NESTED.fullmatch(expression).groups()
        return self.load(self.read(inner, self.word_bytes) + int(offset), byte_count)

    def load(self, address, byte_count):
        return int.from_bytes(self.memory(address & mask(8 * self.word_bytes), byte_count), self.order)


def mask(bits):
    return (1 << bits) - 1
