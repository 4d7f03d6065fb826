# SPDX-License-Identifier: MIT
"""Put a marker before every statement of a C file, with expressions that are in scope there.

Uses libclang to find the statements and the variables; the file is otherwise unchanged.
"""

import random
import zlib
from bisect import bisect_left
from itertools import accumulate

from clang.cindex import CursorKind, Index, TranslationUnit, TypeKind

FORMATS = {TypeKind.POINTER: ["x64", "x", "u64"], TypeKind.INT: ["s32", "x32", "u"], TypeKind.UINT: ["u32", "x"]}
JUMPS = (CursorKind.RETURN_STMT, CursorKind.BREAK_STMT, CursorKind.CONTINUE_STMT, CursorKind.GOTO_STMT)
LABELS = (CursorKind.CASE_STMT, CursorKind.DEFAULT_STMT, CursorKind.LABEL_STMT)


class Inserter:
    """Collects the insertions for the files that `wanted` accepts, out of one translation unit."""

    def __init__(self, wanted, share, block_ends):
        self.wanted = wanted
        self.share = share
        self.block_ends = block_ends
        self.insertions = {}
        self.sources = {}
        self.macros = {}

    def run(self, unit):
        macros = {}
        for cursor in unit.cursor.get_children():
            if cursor.kind == CursorKind.MACRO_INSTANTIATION and cursor.location.file:
                start, end = cursor.extent.start.offset, cursor.extent.end.offset
                macros.setdefault(cursor.location.file.name, []).append((start, end))
        for path, ranges in macros.items():
            ranges.sort()
            self.macros[path] = [s for s, _ in ranges], list(accumulate((e for _, e in ranges), max))
        for cursor in unit.cursor.get_children():
            file = cursor.location.file
            if cursor.kind == CursorKind.FUNCTION_DECL and file and self.wanted(file.name):
                self.function(cursor, file.name)

    def function(self, function, path):
        children = list(function.get_children())
        body = [c for c in children if c.kind == CursorKind.COMPOUND_STMT]
        if body:
            scope = [c for c in children if c.kind == CursorKind.PARM_DECL and c.spelling]
            self.block(body[0], path, scope)

    def block(self, block, path, scope):
        """Statements of a `{ }` that is written in the file, not in a macro."""
        start, end = block.extent.start.offset, block.extent.end.offset
        source = self.source(path)
        if not self.in_file(block, path) or source[start : start + 1] != b"{" or self.in_macro(path, start):
            self.below(block, path, scope)
            return
        scope = list(scope)
        last = None
        for child in block.get_children():
            if child.kind == CursorKind.DECL_STMT:
                self.nested(child, path, scope)
                scope += [v for v in child.get_children() if v.kind == CursorKind.VAR_DECL and self.in_file(v, path)]
            else:
                self.statement(child, path, scope)
            last = child
        # Nothing gets behind a jump, and gcc's -Wimplicit-fallthrough would warn.
        if self.block_ends and last is not None and last.kind not in JUMPS and source[end - 1 : end] == b"}":
            self.insert(path, end - 1, scope)

    def statement(self, statement, path, scope):
        if statement.kind in LABELS:
            children = list(statement.get_children())
            if children and children[-1].kind not in (*LABELS, CursorKind.DECL_STMT, CursorKind.NULL_STMT):
                self.statement(children[-1], path, scope)
            elif children:
                self.nested(statement, path, scope)
            return
        offset = statement.extent.start.offset
        if self.in_file(statement, path) and not self.in_macro(path, offset) and self.at_statement(path, offset):
            self.insert(path, offset, scope)
        self.nested(statement, path, scope)

    def nested(self, cursor, path, scope):
        if cursor.kind == CursorKind.COMPOUND_STMT:
            self.block(cursor, path, scope)
        else:
            self.below(cursor, path, scope)

    def below(self, cursor, path, scope):
        """Blocks below this statement; a `for` adds its variables."""
        scope = list(scope)
        for child in cursor.get_children():
            self.nested(child, path, scope)
            if child.kind == CursorKind.DECL_STMT:
                scope += [v for v in child.get_children() if v.kind == CursorKind.VAR_DECL and self.in_file(v, path)]

    def source(self, path):
        if path not in self.sources:
            with open(path, "rb") as file:
                self.sources[path] = file.read()
        return self.sources[path]

    def in_file(self, cursor, path):
        file = cursor.extent.start.file
        return file is not None and file.name == path and not self.in_macro(path, cursor.location.offset)

    def in_macro(self, path, offset):
        """Inside a macro's arguments: a macro that begins exactly here is a statement of its own."""
        starts, ends = self.macros.get(path, ((), ()))
        before = bisect_left(starts, offset)
        return before > 0 and offset < ends[before - 1]

    def at_statement(self, path, offset):
        before = self.source(path)[max(0, offset - 4096) : offset].rstrip()
        if before.endswith(b"*/"):
            before = before[: max(0, before.rfind(b"/*"))].rstrip()
        return before.endswith((b";", b"{", b"}", b":"))

    def insert(self, path, offset, scope):
        chance = random.Random(zlib.crc32(f"{path.rsplit('/', 1)[-1]}:{offset}".encode()))
        insertions = self.insertions.setdefault(path, {})
        if chance.random() >= self.share or offset in insertions:
            return
        expressions = [self.expression(chance, variable) for variable in chance.sample(scope, min(len(scope), 4))]
        expressions = [e for e in expressions if e][: chance.randrange(5)]
        arguments = ", ".join([f"m{offset}", *expressions])
        line = self.source(path)[:offset].rsplit(b"\n", 1)[-1]
        start = "\n" if line.strip() else ""  # each on a line of its own
        insertions[offset] = f"{start}MARKER({arguments});\n"

    def expression(self, chance, variable):
        """`v`, `p->f` or `p->f->g`, sometimes with a format or a label; None when the type cannot be named."""
        text, kind = variable.spelling, variable.type.get_canonical()
        for _ in range(chance.randrange(3)):
            if kind.kind != TypeKind.POINTER:
                break
            record = kind.get_pointee().get_canonical()
            fields = [f for f in record.get_fields() if f.spelling] if record.kind == TypeKind.RECORD else []
            if not fields:
                break
            field = chance.choice(fields)
            text, kind = f"{text}->{field.spelling}", field.type.get_canonical()
        if not self.complete(kind):
            return None
        if kind.kind in FORMATS and chance.random() < 0.3:
            text = f"MARKER_AS({text}, {chance.choice(FORMATS[kind.kind])})"
        return f"MARKER_LABEL(v{chance.randrange(100)}, {text})" if chance.random() < 0.2 else text

    def complete(self, kind):
        if kind.kind == TypeKind.INCOMPLETEARRAY:
            return False
        return kind.kind not in (TypeKind.VOID, TypeKind.INVALID) and kind.get_size() >= 0

    def rewritten(self, path):
        """The file with its markers."""
        source, result, at = self.source(path), [], 0
        for offset, text in sorted(self.insertions.get(path, {}).items()):
            result += [source[at:offset], text.encode()]
            at = offset
        return b"".join([*result, source[at:]])


def insert_markers(path, arguments, wanted=None, share=1.0, block_ends=False):
    """An Inserter that has seen `path`, compiled with `arguments`; its `rewritten` gives the marked text.

    `wanted` says for which files (headers too) markers are made; `share` is the part of the statements that get
    one; `block_ends` adds a marker before each `}`. Raises ValueError where libclang cannot parse the file.
    """
    options = TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD
    unit = Index.create().parse(path, args=arguments, options=options)
    errors = [d for d in unit.diagnostics if d.severity >= 4]
    if errors:
        raise ValueError(f"{path}: {errors[0].spelling}")
    inserter = Inserter(wanted or (lambda name: name == path), share, block_ends)
    inserter.run(unit)
    return inserter
