import Testing

@testable import CSource

/// A block as an outline: each statement's kind, its lines and, in parentheses, its bodies.
func outline(_ block: Block) -> String {
  block.statements.map { statement in
    let lines = statement.extent.lines
    let place = lines.count == 1 ? "\(lines.lowerBound)" : "\(lines.lowerBound)-\(lines.upperBound)"
    let bodies = statement.bodies.map { "\($0.role)(\(outline($0)))" }.joined(separator: " ")
    return "\(statement.kind)@\(place)" + (bodies.isEmpty ? "" : " \(bodies)")
  }.joined(separator: "; ")
}

func outline(_ source: String) -> String {
  SourceFile(bytes: Array("void f(void) {\(source)}".utf8)).functionBodies.map { outline($0.body) }
    .joined(separator: " | ")
}

@Suite struct StatementTests {
  @Test(arguments: [
    ("a = 1; b(); c->d++;", "expression@1; expression@1; expression@1"),
    (
      "if (a) b(); else if (c) d(); else { e(); }",
      "if@1 thenBranch(expression@1) elseBranch(if@1 thenBranch(expression@1) elseBranch(expression@1))"
    ),
    (
      "if (a) if (b) c(); else d();",
      "if@1 thenBranch(if@1 thenBranch(expression@1) elseBranch(expression@1))"
    ),
    (
      "for (;;) ;\nwhile (x)\n y();\ndo z(); while (0);",
      "for@1 forBody(empty@1); while@2-3 whileBody(expression@3); doWhile@4 doBody(expression@4)"
    ),
    (
      "switch (a) {\ncase 1: case 'x' ... 'z':\nb();\nbreak;\ndefault:\nreturn; }",
      "switch@1-6 switchBody(caseLabel@2; caseLabel@2; expression@3; break@4; defaultLabel@5; return@6)"
    ),
    ("out: goto out; if (a) again: b();", "label@1; goto@1; if@1 thenBranch(label@1; expression@1)"),
    ("{ a(); { } }", "compound@1 compound(expression@1; compound@1 compound())"),
    ("case a ? b : c: d();", "caseLabel@1; expression@1"),
    (
      "x = ({ a(); b; });\nreturn ({ c; });",
      "expression@1 statementExpression(expression@1; expression@1); return@2 statementExpression(expression@2)"
    ),
    (
      "wait(q, ({ a; }), { b(); c(); });",
      "expression@1 statementExpression(expression@1) statementExpression(expression@1; expression@1)"
    ),
    ("if (({ a; })) b();", "if@1 statementExpression(expression@1) thenBranch(expression@1)"),
    ("asm volatile goto(\"x\" : : : : out); asm(\"y\");", "expression@1; expression@1"),
    ("return (struct a){ .b = 1 }; x = (struct a){ 1, 2 };", "return@1; expression@1"),
    ("fallthrough; __attribute__((fallthrough)); ;", "empty@1; declaration@1; empty@1"),
    ("if likely(a) b();", "if@1 thenBranch(expression@1)"),
  ]) func reads(_ source: String, _ expected: String) {
    #expect(outline(source) == expected)
  }

  @Test(arguments: [
    ("list_for_each_entry(a, b, c) {\n d();\n}", "macroLoop@1-3 macroLoopBody(expression@2)"),
    ("for_each_cpu(a, b)\n  c();\nd();", "macroLoop@1-2 macroLoopBody(expression@2); expression@3"),
    ("for_each_x(a) b();", "macroLoop@1 macroLoopBody(expression@1)"),
    ("\n LOCK(a)\n b();\n c();", "macro@2; expression@3; expression@4"),
    ("\n BEGIN\n b();\n END\n int c;", "macro@2; expression@3; macro@4; declaration@5"),
    ("MARKER(x, a)\n b();", "marker@1; expression@2"),
    ("MARKER(x, a) b(); MARKER_IN(p, y); MARKER(z)", "marker@1; expression@1; marker@1; marker@1"),
    ("if (a) MARKER(x); b();", "if@1 thenBranch(marker@1); expression@1"),
    ("MARKER(x,\n a,\n b);\nc();", "marker@1-3; expression@4"),
    ("MARKERS(x); DEFINE_WAIT(a); rcu_read_lock();", "expression@1; expression@1; expression@1"),
    ("scoped_guard(mutex, &l) { a(); }", "macroBlock@1 macroBlockBody(expression@1)"),
    ("forever { a(); }", "macroBlock@1 macroBlockBody(expression@1)"),
    (
      "A(x) if (b) c();\n D(x)\n  return;",
      "macroBlock@1 macroBlockBody(if@1 thenBranch(expression@1)); macroBlock@2-3 macroBlockBody(return@3)"
    ),
    ("a(b)(c); a(b)->c = 1; a(b) = 2; a(b) + 1;", "expression@1; expression@1; expression@1; expression@1"),
    ("STACK_OF(X) *s = 0; STACK_OF(Y) t; LIST_HEAD(x), y;", "declaration@1; declaration@1; expression@1"),
  ]) func readsMacros(_ source: String, _ expected: String) {
    #expect(outline(source) == expected)
  }

  @Test func macrosOfTheFileAreKnown() {
    let source = """
      #define again(x) while (x)
      #define vmcase(l) case l:
      #define at(l) L_##l:
      void f(void) {
        switch (a) {
          vmcase(A) {
            again(b) c();
            d();
          }
          vmcase(B) at(e) g();
        }
      }
      """
    let file = SourceFile(bytes: Array(source.utf8))
    #expect(
      outline(file.functionBodies[0].body) == "switch@5-11 switchBody(caseLabel@6; compound@6-9 compound("
        + "macroLoop@7 macroLoopBody(expression@7); expression@8); caseLabel@10; label@10; expression@10)")
  }

  @Test(arguments: [
    "int a", "unsigned long a, b", "u32 a", "foo_t *a", "foo_t *const a", "struct foo { int x; } a",
    "static int a = 1",
    "extern int a", "typedef int a", "char a[3]", "int (*f)(void)", "cb_t (*f)(int)", "__label__ out",
    "foo_t **a, *b", "const foo_t a", "typeof(x) a", "u8 a[4] __aligned(8)", "enum { A, B = 2 } a",
  ]) func declarationsWithoutCode(_ source: String) {
    let file = SourceFile(bytes: Array("void f(void) {\(source); g(); }".utf8))
    let statements = file.functionBodies[0].body.statements
    #expect(statements.map(\.kind) == [.declaration, .expression])
    #expect(statements.first?.mayRunCode == false)
  }

  @Test(arguments: [
    "int a = 1", "u32 a, b = c()", "foo_t *a = b", "struct foo a = { .b = 1 }", "cb_t (*f)(int) = g",
    "int a[] = { 1, 2 }", "STACK_OF(X) *a = b", "__auto_type a = b",
  ]) func declarationsWithCode(_ source: String) {
    let file = SourceFile(bytes: Array("void f(void) {\(source); g(); }".utf8))
    let statements = file.functionBodies[0].body.statements
    #expect(statements.map(\.kind) == [.declaration, .expression])
    #expect(statements.first?.hasInitializer == true)
  }

  @Test(arguments: [
    "a * b + c", "a(*b)", "a[1] = 2", "*a = 1", "(void)a", "a++", "sizeof(a)", "\"x\"[0]", "a, b",
  ])
  func expressions(_ source: String) {
    #expect(outline(source + "; g();") == "expression@1; expression@1")
  }

  @Test func declaratorsHavePlaces() throws {
    let source = "void f(void) {\n int a,\n  *b = g(1, 2),\n  c[2] = { 1, 2 }, (*d)(int) = h;\n}"
    let file = SourceFile(bytes: Array(source.utf8))
    let declarators = try #require(file.functionBodies.first?.body.statements.first?.declarators)
    #expect(declarators.map(\.name) == ["a", "b", "c", "d"])
    #expect(declarators.map(\.hasInitializer) == [false, true, true, true])
    #expect(declarators.map(\.position.line) == [2, 3, 4, 4])
    #expect(declarators.map { file.text($0.extent) }[1] == "b = g(1, 2)")
  }

  @Test func headsHaveExtents() throws {
    let source = "void f(void) {\nfor (i = 0;\n i < n(1;2);\n i++) a();\nfor (;;) ;\nwhile (x &&\n y) ;\n}"
    let file = SourceFile(bytes: Array(source.utf8))
    let statements = try #require(file.functionBodies.first?.body.statements)
    let head = try #require(statements.first?.forHead)
    #expect(head.initialization.map(file.text) == "i = 0")
    #expect(head.condition.map(file.text) == "i < n(1;2)")
    #expect(head.step?.lines == 4...4)
    #expect(statements[1].forHead == ForHead?.some(try #require(statements[1].forHead)))
    #expect(statements[1].forHead?.condition == nil)
    #expect(statements[2].head?.lines == 6...7)
    #expect(statements[2].head?.start.column == 8)
  }
}
