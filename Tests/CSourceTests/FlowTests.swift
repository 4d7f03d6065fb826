import Testing

@testable import CSource

/// How control goes through statements, as it is written.
@Suite struct FlowTests {
  private func body(_ source: String) -> [Statement] {
    SourceFile(bytes: Array("void f(void) {\(source)}".utf8)).functionBodies[0].body.statements
  }

  @Test(
    arguments: [
      ("a = b();", []), ("if (a) return; else b();", [.return]), ("if (a) { b(); break; }", [.break]),
      ("while (a) { if (b) break; if (c) continue; }", []),
      ("for (;;) { if (b) goto out; return; }", [.goto, .return]),
      ("switch (a) { case 1: break; default: continue; }", [.continue]),
      ("switch (a) { case 1: while (b) break; return; }", [.return]),
      ("{ a(); return; }", [.return]), ("x = ({ if (a) return; b; });", [.return]),
    ] as [(String, [Statement.Kind])])
  func exits(_ source: String, _ kinds: [Statement.Kind]) {
    #expect(body(source)[0].exits?.map(\.kind) == kinds)
    #expect(body(source)[0].keepsControl == kinds.isEmpty)
  }

  @Test(arguments: ["{ again: a(); }", "list_for_each(a, b) { c(); }", "while (a) { case 1: b(); }"])
  func unknownExits(_ source: String) { #expect(body(source)[0].exits == nil) }

  @Test(arguments: [
    ("return;", true), ("{ a(); goto out; }", true), ("if (a) return; else { b(); break; }", true),
    ("if (a) return;", false), ("{ return; ; }", true), ("while (1) { }", false), ("a();", false),
  ])
  func completion(_ source: String, _ never: Bool) { #expect(body(source)[0].neverCompletes == never) }

  @Test(
    arguments: [
      ("a(b(1), c);", ["a", "b"]), ("x = a() && b();", ["a"]), ("x = y ? a() : b();", []),
      ("if (a(1) || b()) c();", ["a"]), ("int x = a(sizeof(b(1)));", ["a"]), ("while (a()) b();", []),
      ("for (a(); b(); c()) d();", ["a"]), ("return a(1);", ["a"]), ("p->call(1);", ["call"]),
      ("x = ({ a(); });", []),
    ] as [(String, [String])])
  func certainCalls(_ source: String, _ names: [String]) {
    #expect(body(source)[0].certainCalls.map(\.name) == names)
  }

  @Test func callsHavePlaces() {
    let source = SourceFile(bytes: Array("void f(void)\n{\n\tx = a(1,\n\t  b());\n}\n".utf8))
    let places = source.functionBodies[0].body.statements[0].certainCalls.map(\.position)
    #expect(places.map(\.line) == [3, 4])
    #expect(places.map(\.column) == [6, 4])
  }

  @Test(arguments: [
    ("M; a();", false, false), ("while (a) { M; }", true, false), ("again: M; goto again;", true, false),
    ("if (a) { M; }", false, true), ("switch (a) { case 1: { M; } }", false, true),
    ("if (a) while (b) { M; }", true, false),
  ])
  func surroundings(_ source: String, _ repeats: Bool, _ branches: Bool) throws {
    let text = "void f(void) {\n" + source.replacing("M;", with: "\nMARKER(m);\n") + "}"
    let file = SourceFile(bytes: Array(text.utf8))
    let placement = try #require(file.placement(at: 3))
    #expect(placement.marker != nil)
    #expect(placement.mayRepeat == repeats)
    #expect((placement.block.branch != nil) == branches)
  }

  @Test(arguments: [
    ("#line 7 \"a.y\"\nint a;\n", true), ("  # 7 \"a.y\"\nint a;\n", true),
    ("#pragma once\nint line;\n", false),
    ("/*\n#line 7\n*/\nint a;\n", false),
  ])
  func renumberedLines(_ source: String, _ renumbers: Bool) {
    #expect(SourceFile(bytes: Array(source.utf8)).renumbersLines == renumbers)
  }
}
