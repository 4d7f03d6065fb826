# SPDX-License-Identifier: MIT
"""Puts a marker before every statement of a C program."""
import os
import shutil
import sys
from bisect import bisect_right

import clang.cindex
from clang.cindex import CursorKind as Kind
from clang.cindex import StorageClass, TranslationUnit

import facts

LIBCLANG = "/usr/lib/x86_64-linux-gnu/libclang-16.so.1"
BUILTIN_HEADERS = "/usr/lib/llvm-16/lib/clang/16/include"
VARIABLES = 4
SILENT = (Kind.NULL_STMT, Kind.COMPOUND_STMT)


class File:
    """One source file: its text, the macro uses in it, and the markers that go into it by offset."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.text = file.read()
        self.macros = []
        self.places = {}

    def inside_macro(self, offset):
        """Macro uses nest, so a few before the offset are looked at."""
        index = bisect_right(self.macros, (offset, -1))
        return any(low < offset < high for low, high in self.macros[max(0, index - 6):index])

    def inside_directive(self, offset):
        line_start = self.text.rfind(b"\n", 0, offset) + 1
        while self.text[max(0, line_start - 2):line_start] == b"\\\n":
            line_start = self.text.rfind(b"\n", 0, line_start - 1) + 1
        return self.text[line_start:offset].lstrip().startswith(b"#")


def captures(function, offset, statement, macros):
    """The values to ask for: variables that the next statement uses, then others; one member, one global."""
    valued = function.valued_at(offset)
    used, members, globals_ = [], [], []
    for reference in facts.mentioned(statement):
        path = facts.member_path(reference, function.text)
        if path and path[0].replace("->", ".").split(".")[0] in valued:
            members.append(path)
        elif reference.spelling in valued:
            used.append(reference.spelling)
        elif is_global(reference):
            globals_.append((reference.spelling, facts.shape(reference.type)))
    if statement.kind == Kind.DECL_STMT:
        hidden = {child.spelling for child in statement.get_children()}
        valued = {name: v for name, v in valued.items() if name not in hidden}
        globals_ = [g for g in globals_ if g[0] not in hidden]
        members = [m for m in members if m[0].replace("->", ".").split(".")[0] not in hidden]
    nearest = sorted(valued, key=lambda n: -valued[n].scope[0])
    names = [n for n in dict.fromkeys(used + nearest) if n in valued]
    chosen = [
        {"text": n, "kind": "parameter" if valued[n].parameter else "local", **vars(valued[n].shape)}
        for n in names if n not in macros
    ][:VARIABLES]
    for kind, found in (("member", members), ("global", globals_)):
        found = [f for f in found if not macros & set(f[0].replace("->", ".").split("."))]
        chosen += [{"text": text, "kind": kind, **vars(shape)} for text, shape in found[:1]]
    return chosen


def is_global(reference):
    declaration = reference.referenced
    return (
        declaration is not None and declaration.kind == Kind.VAR_DECL
        and declaration.semantic_parent.kind == Kind.TRANSLATION_UNIT
        and declaration.storage_class in (StorageClass.STATIC, StorageClass.NONE, StorageClass.EXTERN)
        and facts.shape(reference.type) is not None)


def wanted(statement, offset, child_offset, function):
    """No marker before what has no code of its own, nor between a label and a declaration."""
    if statement.kind in SILENT:
        return False
    if statement.kind != Kind.DECL_STMT:
        return True
    return offset == child_offset and any(
        c.kind == Kind.VAR_DECL and c.storage_class != StorageClass.STATIC and function.has_initialiser(c)
        for c in statement.get_children())


class Marking:
    """The marked form of the source tree below `root`."""

    def __init__(self, root, only):
        self.root, self.only = os.path.realpath(root), only
        self.files, self.seen = {}, set()

    def unit(self, source, flags):
        """Reads one unit; headers that it includes are marked too, each function once."""
        tree = clang.cindex.Index.create().parse(
            source, args=[*flags, "-std=gnu11", "-w", "-I" + BUILTIN_HEADERS],
            options=TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD)
        for problem in tree.diagnostics:
            if problem.severity >= clang.cindex.Diagnostic.Error:
                print("marking:", source, problem, file=sys.stderr)
        functions, uses, macros = [], {}, set()
        for cursor in tree.cursor.get_children():
            if cursor.kind == Kind.MACRO_DEFINITION:
                macros.add(cursor.spelling)
            file = self.file(cursor.extent.start.file)
            if file and cursor.kind == Kind.MACRO_INSTANTIATION:
                uses.setdefault(file, []).append((facts.start(cursor), facts.end(cursor)))
            elif file and cursor.kind == Kind.FUNCTION_DECL and cursor.is_definition():
                functions.append((file, cursor))
        for file, found in uses.items():
            file.macros = sorted(set(found))
        for file, cursor in functions:
            self.function(file, cursor, macros)

    def file(self, named):
        path = os.path.realpath(named.name) if named else ""
        if not path.startswith(self.root + os.sep):
            return None
        relative = os.path.relpath(path, self.root)
        if self.only and not self.only.fullmatch(relative):
            return None
        if relative not in self.files:
            self.files[relative] = File(path)
        return self.files[relative]

    def function(self, file, cursor, macros):
        key = (cursor.extent.start.file.name, facts.start(cursor))
        if key in self.seen or file.inside_macro(facts.end(cursor) - 1):
            return
        self.seen.add(key)
        function = facts.Function(cursor, file.text)
        for child_offset, statement in function.statements:
            offset = facts.start(statement)
            if offset < child_offset or not wanted(statement, offset, child_offset, function):
                continue
            if file.inside_macro(offset) or file.inside_directive(offset):
                continue
            file.places.setdefault(
                offset, (function.name, statement.kind.name, captures(function, offset, statement, macros)))

    def write(self, destination, end):
        """Copies the tree with markers m0, m1, ... in it, each followed by `end` -> their descriptions"""
        shutil.rmtree(destination, ignore_errors=True)
        shutil.copytree(self.root, destination, symlinks=True)
        markers = []
        for path in sorted(self.files):
            text = insert(path, self.files[path], markers, end)
            with open(os.path.join(destination, path), "wb") as file:
                file.write(text)
        return markers


def insert(path, file, markers, end):
    """The file's text with a line for each marker; the next statement begins on the line after it."""
    pieces, done, line = [], 0, 1
    for offset, (function, kind, values) in sorted(file.places.items()):
        line_start = file.text.rfind(b"\n", 0, offset) + 1
        within_line = bool(file.text[line_start:offset].strip())
        at = offset if within_line else line_start
        line += file.text.count(b"\n", done, at) + within_line
        number = len(markers)
        text = "MARKER(%s)%s\n" % (", ".join(["m%d" % number] + [v["text"] for v in values]), end)
        pieces += [file.text[done:at], b"\n" if within_line else b"", text.encode()]
        markers.append({
            "number": number, "file": path, "line": line, "function": function, "statement": kind,
            "values": values})
        line += 1
        done = at
    return b"".join(pieces) + file.text[done:]


def mark(root, units, flags, only, with_statements, with_nothing):
    """Marks the units below `root` into two trees of the same lines -> [marker]

    In the second a marker has no semicolon: an empty statement alone gives gcc a line to note.
    """
    if not clang.cindex.Config.loaded:
        clang.cindex.Config.set_library_file(LIBCLANG)
    marking = Marking(root, only)
    before = os.getcwd()
    os.chdir(root)
    try:
        for unit in units:
            marking.unit(unit, flags)
    finally:
        os.chdir(before)
    marking.write(with_nothing, "")
    return marking.write(with_statements, ";")
