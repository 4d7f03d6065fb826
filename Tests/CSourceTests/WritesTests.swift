import Testing

@testable import CSource

/// What a function's text changes by name.
@Suite struct WritesTests {
  @Test(
    arguments: [
      ("a = 1;", ["a"]), ("p->b += c;", [".b"]), ("++p->q.r;", [".r"]), ("p->b--;", [".b"]),
      ("v[i] = 1;", ["v"]), ("p->t[i][j] = q;", [".t"]), ("int n = 3, m;", ["n"]), ("f(&x, a & b);", ["&x"]),
      ("if (a == b || c <= d) e(f);", []), ("for (i = 0; i < n; i++) s->x[i] <<= 1;", ["i", "i", ".x"]),
      ("x = y = p->z;", ["x", "y"]),
    ] as [(String, [String])])
  func names(_ source: String, _ names: [String]) {
    #expect(
      writes(source).places.map { ($0.way == .byAddress ? "&" : "") + ($0.isMember ? "." : "") + $0.name }
        == names)
  }

  @Test func lines() {
    let writes = writes("\na = b +\n  c;\nSET(d);\n")
    #expect(writes.places.map(\.lines) == [2...3])
    #expect(writes.calls.map(\.name) == ["f", "SET"])
    #expect(writes.calls.last?.lines == 4...4)
  }

  @Test func macros() {
    let macros = MacroBody.definitions(
      in: Array("#define SET(s) do { (s)->x = 1; n++; if (s->y) ; } while (0)\n".utf8))
    #expect(macros["SET"]?.writtenMembers == ["x"])
    #expect(macros["SET"]?.writtenVariables == ["n"])
  }

  @Test(
    "what comes of the old value, and what is only reached through a name",
    arguments: [
      ("a = 1;", false, false), ("a += 1;", true, false), ("--a;", true, false), ("*p = 1;", false, true),
      ("**p = 1;", false, true), ("v[i] = 1;", false, true), ("*p++ = 1;", true, false),
      ("char *p = q;", false, false), ("v[i]--;", false, true),
    ])
  func kinds(_ source: String, _ isUpdate: Bool, _ isIndirect: Bool) throws {
    let place = try #require(writes(source).places.first)
    #expect(place.isUpdate == isUpdate && place.isIndirect == isIndirect)
  }

  @Test(
    "macros that change an argument",
    arguments: [
      ("SET(a) (a) = 1", true), ("SET(a, b) a->x = b", false), ("SET(a) ((a) & 7)", false),
      ("SET(a) f(&a)", true), ("SET(a) a##_next = 1", true), ("SET(a) do { ++(a); } while (0)", true),
      ("SET(a) (n == (a))", false), ("SET n++", false),
    ])
  func arguments(_ definition: String, _ isChanged: Bool) {
    let macros = MacroBody.definitions(in: Array("#define \(definition)\n".utf8))
    #expect(macros["SET"]?.changesArgument == isChanged)
  }

  private func writes(_ source: String) -> FunctionWrites {
    SourceFile(bytes: Array("void f(void) {\(source)}".utf8)).functionBodies[0].writes
  }
}
