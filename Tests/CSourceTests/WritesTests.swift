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

  private func writes(_ source: String) -> FunctionWrites {
    SourceFile(bytes: Array("void f(void) {\(source)}".utf8)).functionBodies[0].writes
  }
}
