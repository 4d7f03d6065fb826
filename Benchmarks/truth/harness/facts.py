# SPDX-License-Identifier: MIT
"""What libclang knows of one function: where statements begin, and where a variable certainly has a value."""
import re
from dataclasses import dataclass, field

from clang.cindex import CursorKind as Kind
from clang.cindex import StorageClass, TypeKind

LABELS = (Kind.CASE_STMT, Kind.DEFAULT_STMT, Kind.LABEL_STMT)
TRANSPARENT = (Kind.PAREN_EXPR, Kind.UNEXPOSED_EXPR)
UNSIGNED = {
    TypeKind.BOOL, TypeKind.CHAR_U, TypeKind.UCHAR, TypeKind.USHORT, TypeKind.UINT, TypeKind.ULONG,
    TypeKind.ULONGLONG,
}
SIGNED = {
    TypeKind.CHAR_S, TypeKind.SCHAR, TypeKind.SHORT, TypeKind.INT, TypeKind.LONG, TypeKind.LONGLONG,
}
PATH = re.compile(rb"[A-Za-z_]\w*(?:\s*(?:->|\.)\s*[A-Za-z_]\w*)+")


@dataclass(frozen=True)
class Shape:
    """How a value is compared."""
    bits: int
    signed: bool
    pointer: bool


def shape(type_):
    """-> Shape, or None for what is not an integer, enumeration or pointer, or is volatile"""
    canonical = type_.get_canonical()
    if type_.is_volatile_qualified() or canonical.is_volatile_qualified():
        return None
    if canonical.kind == TypeKind.POINTER:
        return Shape(64, False, True)
    if canonical.kind == TypeKind.ENUM:
        kind = canonical.get_declaration().enum_type.get_canonical().kind
    else:
        kind = canonical.kind
    if kind not in UNSIGNED and kind not in SIGNED:
        return None
    return Shape(8 * canonical.get_size(), kind in SIGNED, False)


def start(cursor):
    return cursor.extent.start.offset


def end(cursor):
    return cursor.extent.end.offset


@dataclass
class Variable:
    """A parameter or local; offsets into its file. `valued`: where it certainly holds a value."""
    name: str
    shape: Shape
    scope: tuple
    parameter: bool
    valued: list = field(default_factory=list)


class Function:
    """Collects, in one walk over the body, all that `captures` needs later."""

    def __init__(self, cursor, text):
        self.name = cursor.spelling
        self.text = text
        self.variables = {}
        self.statements = []
        self.labels, self.gotos, self.cases = {}, [], []
        body = next(c for c in cursor.get_children() if c.kind == Kind.COMPOUND_STMT)
        for parameter in cursor.get_arguments():
            variable = self.declare(parameter, (start(body), end(body)), True)
            variable.valued.append(variable.scope)
        self.walk(body, end(body), None)

    # -- the walk

    def declare(self, cursor, scope, parameter):
        variable = Variable(cursor.spelling, shape(cursor.type), scope, parameter)
        self.variables[cursor.location.offset] = variable
        return variable

    def walk(self, cursor, block_end, switch):
        if cursor.kind == Kind.COMPOUND_STMT:
            self.block(cursor, switch)
            return
        if cursor.kind == Kind.DECL_STMT:
            self.declarations(cursor, block_end)
        elif cursor.kind == Kind.FOR_STMT:
            block_end = end(cursor)
        elif cursor.kind == Kind.LABEL_STMT:
            self.labels[cursor.spelling] = start(cursor)
        elif cursor.kind == Kind.GOTO_STMT:
            self.gotos.append((start(cursor), next(cursor.get_children()).spelling))
        elif cursor.kind == Kind.INDIRECT_GOTO_STMT:
            self.gotos.append((start(cursor), None))
        elif cursor.kind in (Kind.CASE_STMT, Kind.DEFAULT_STMT):
            self.cases.append((start(cursor), switch))
        elif cursor.kind == Kind.SWITCH_STMT:
            switch = start(cursor)
        for child in cursor.get_children():
            self.walk(child, block_end, switch)
        if cursor.kind == Kind.FOR_STMT:
            self.loop_start(cursor)

    def block(self, block, switch):
        written = self.text[start(block):start(block) + 1] == b"{"
        for child in block.get_children():
            statement = child
            while statement.kind in LABELS:
                statement = list(statement.get_children())[-1]
            if written:
                self.statements.append((start(child), statement))
            self.walk(child, end(block), switch)
            for variable in self.assigned(statement):
                variable.valued.append((end(statement), end(block)))

    def declarations(self, cursor, block_end):
        for child in cursor.get_children():
            if child.kind != Kind.VAR_DECL:
                continue
            variable = self.declare(child, (end(child), block_end), False)
            if child.storage_class in (StorageClass.STATIC, StorageClass.EXTERN):
                variable.shape = None
            elif self.has_initialiser(child):
                variable.valued.append(variable.scope)

    def has_initialiser(self, declaration):
        return b"=" in self.text[declaration.location.offset:end(declaration)] and any(
            c.kind.is_expression() for c in declaration.get_children())

    def loop_start(self, loop):
        first = next(loop.get_children(), None)
        if first is None or end(first) > self.text.find(b";", start(loop), end(loop)):
            return
        for variable in self.assigned(first):
            variable.valued.append((end(first), end(loop)))

    def assigned(self, expression):
        """The variables that the expression certainly sets: `v = e`, `a = b = e`, `a = e, b = e`."""
        children = list(expression.get_children())
        if expression.kind in TRANSPARENT and len(children) == 1:
            yield from self.assigned(children[0])
        if expression.kind != Kind.BINARY_OPERATOR or len(children) != 2:
            return
        left, right = children
        operator = self.text[end(left):start(right)].strip()
        if operator == b",":
            yield from self.assigned(left)
        if operator in (b",", b"="):
            yield from self.assigned(right)
        if operator == b"=" and left.kind == Kind.DECL_REF_EXPR and left.referenced:
            variable = self.variables.get(left.referenced.location.offset)
            if variable and variable.name == left.spelling:
                yield variable

    # -- what holds at a place

    def entered_sideways(self, region):
        """Whether a jump from outside ends inside the region."""
        low, high = region
        targets = [(self.labels.get(name), at) for at, name in self.gotos if name]
        targets += [(label, at) for label in self.labels.values() for at, name in self.gotos if not name]
        targets += self.cases
        return any(
            label is not None and low <= label < high and not low <= at < high for label, at in targets)

    def valued_at(self, offset):
        """-> {name: Variable} of the visible variables that certainly hold a value at the offset"""
        visible = {}
        for variable in self.variables.values():
            if variable.scope[0] <= offset < variable.scope[1]:
                known = visible.get(variable.name)
                if known is None or known.scope[0] < variable.scope[0]:
                    visible[variable.name] = variable
        return {
            name: variable for name, variable in visible.items() if variable.shape and any(
                low <= offset < high and not self.entered_sideways((low, high))
                for low, high in variable.valued)
        }


def mentioned(statement):
    """The references in a statement, in order, without those in blocks that it holds."""
    if statement.kind in (Kind.DECL_REF_EXPR, Kind.MEMBER_REF_EXPR):
        yield statement
    for child in statement.get_children():
        if child.kind != Kind.COMPOUND_STMT:
            yield from mentioned(child)


def member_path(reference, text):
    """-> `p->a.b` as written and its Shape, or None; a bit field's width comes from its declaration"""
    written = text[start(reference):end(reference)]
    declaration = reference.referenced
    if reference.kind != Kind.MEMBER_REF_EXPR or not PATH.fullmatch(written) or declaration is None:
        return None
    found = shape(reference.type)
    if found and declaration.is_bitfield():
        found = Shape(declaration.get_bitfield_width(), found.signed, False)
    return (re.sub(r"\s", "", written.decode()), found) if found else None
