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
    #expect(writes.calls.map(\.call.name) == ["f", "SET"])
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

  @Test("what a macro hands on to another, and what it is given")
  func handedOn() throws {
    let macros = MacroBody.definitions(
      in: Array("#define PUT(h, c) (h = (c))\n#define ADD(s, v) (PUT(p->sum, v[s]), PUT(s, n))\n".utf8))
    let add = try #require(macros["ADD"])
    #expect(macros["PUT"]?.changedParameters == [0] && add.changedParameters.isEmpty)
    #expect(
      add.calls == [
        NamedCall(name: "PUT", arguments: [.object(name: "sum", isMember: true), .other]),
        NamedCall(name: "PUT", arguments: [.parameter(0), .object(name: "n", isMember: false)]),
      ])
    let call = try #require(writes("ADD(q->top, (w));").calls.first { $0.call.name == "ADD" })
    #expect(call.call.arguments == [.object(name: "top", isMember: true), .other])
  }

  @Test(
    "a number or a name that is all that is assigned",
    arguments: [
      ("a = 12;", 12, nil), ("a = -0x1fUL;", -31, nil), ("a = 010;", 8, nil), ("a = b;", nil, "b"),
      ("a = b + 1;", nil, nil), ("a = 1 + b;", nil, nil), ("a += 1;", nil, nil), ("int a = 3, b;", 3, nil),
      ("a = f(b);", nil, nil), ("a = 1.5;", nil, nil),
    ] as [(String, Int64?, String?)])
  func assigned(_ source: String, _ number: Int64?, _ name: String?) throws {
    let place = try #require(writes(source).places.first)
    #expect(place.number == number && place.source == name)
  }

  private func writes(_ source: String) -> FunctionWrites {
    SourceFile(bytes: Array("void f(void) {\(source)}".utf8)).functionBodies[0].writes
  }
}
