import Testing

@testable import CSource

private func names(_ source: String) -> [String] {
  SourceFile(bytes: Array(source.utf8)).functionBodies.map(\.name)
}

@Suite struct FunctionTests {
  @Test(arguments: [
    ("int f(int a) { }", ["f"]),
    ("static __printf(1, 2) void f(const char *a, ...)\n{\n}", ["f"]),
    ("int f(void) __must_hold(&x) __releases(y)\n{ }", ["f"]),
    ("int f(void) __unknown(&x)\n{ }", ["f"]),
    ("SYSCALL_DEFINE3(read, unsigned int, fd) { }", ["SYSCALL_DEFINE3"]),
    ("int (*f(int a))(void) { }", ["f"]),
    ("LUA_API int (f) (lua_State *L) { }", ["f"]),
    ("int API(f)(int a) { }", ["f"]),
    ("PUBLIC(char *) f(int a) { }", ["f"]),
    ("int f(a, b)\n int a;\n char *b;\n{ }\nint g(int);\nint h(void) { }", ["f", "h"]),
    ("MODULE_LICENSE(\"GPL\")\nstatic int f(void) { }", ["f"]),
    ("struct a { int b; }; struct a *f(void) { }", ["f"]),
    ("struct __aligned(8) a { int b; }; union MACRO(x) { int c; };", []),
    ("int a[] = { F(1), { 2 } }; static struct b c = { .d = f(1) }; int g(void) { }", ["g"]),
    ("extern \"C\" { int f(void) { } int g(void) { } }", ["f", "g"]),
    ("__attribute__((noinline)) static int f(void) { } asm(\"x\");", ["f"]),
    ("#define X(a) { a\nint f(void) { }", ["f"]),
    ("enum { A, B }; typedef int (*cb)(void); int f(cb c) { }", ["f"]),
    ("int f(void) { struct { int a; } b; } int g(void) {}", ["f", "g"]),
    ("static void (*f)(void) = { 0 }; int g(void) {}", ["g"]),
    ("#ifdef A\nint f(int a)\n#else\nint f(int a, int b)\n#endif\n{ x(); }", ["f"]),
  ]) func found(_ source: String, _ expected: [String]) {
    #expect(names(source) == expected)
  }

  @Test func extents() throws {
    let source = "int x;\nstatic int\nf(int a)\n{\n  g();\n}\nSYSCALL_DEFINE1(h, int, a)\n{ }\n"
    let file = SourceFile(bytes: Array(source.utf8))
    #expect(file.functionBodies.map(\.extent.lines) == [2...6, 7...8])
    #expect(file.functionBodies[0].body.extent?.lines == 4...6)
    #expect(file.functionBodies[1].firstArgument == "h")
    #expect(file.function(at: 1) == nil)
    #expect(file.function(at: 5)?.name == "f")
    #expect(file.function(at: 7)?.name == "SYSCALL_DEFINE1")
    #expect(file.function(at: 9) == nil)
    #expect(file.function(at: Int.max) == nil)
    #expect(file.function(at: Int.min) == nil)
  }

  @Test func conditionalsKeepBracesBalanced() {
    let source = """
      int f(int a) {
      #ifdef A
        if (a) {
      #else
        if (b(a)) {
      #endif
          c();
        }
      #if 0
        }
      #endif
        d();
      }
      int g(void) { }
      """
    let file = SourceFile(bytes: Array(source.utf8))
    #expect(file.functionBodies.map(\.name) == ["f", "g"])
    #expect(outline(file.functionBodies[0].body) == "if@3-8 thenBranch(expression@7); expression@12")
    #expect(file.placement(at: 5)?.next?.extent.lines == 5...8)
    #expect(file.placement(at: 10) == nil)
    #expect(file.isExcluded(line: 10))
    #expect(!file.isExcluded(line: 12))
  }

  @Test func conditionalsWithBalancedBranchesAreAllKept() {
    let source = """
      int f(int a) {
      #ifdef A
        b();
      #elif 0
        x();
      #elif defined(C)
        d();
      #else
        e();
      #endif
      #if 1
        g();
      #else
        y();
      #endif
      #ifdef __cplusplus
        {
      #endif
        h();
      }
      """
    let file = SourceFile(bytes: Array(source.utf8))
    let statements = file.functionBodies[0].body.statements
    #expect(statements.map(\.extent.lines.lowerBound) == [3, 7, 9, 12, 19])
    #expect(Set(statements.map(\.conditionalBranch)).count == 5)
    #expect(statements.last?.conditionalBranch == nil)
  }

  @Test func alternativesOfAnUnbracedBodyStayInIt() {
    let source = """
      int f(int a) {
        if (a)
      #ifdef A
          b();
      #else
          c();
      #endif
        d();
        if (
      #ifdef A
          b &&
      #else
          (c &&
      #endif
          a) e();
        g();
      }
      """
    let file = SourceFile(bytes: Array(source.utf8))
    #expect(
      outline(file.functionBodies[0].body) == "if@2-6 thenBranch(expression@4; expression@6); expression@8; "
        + "if@9-15 thenBranch(expression@15); expression@16")
  }

  @Test func compiledLinesChooseBranches() {
    let source = "int f(int a) {\n#ifdef A\nif (a) {\n#else\nif (b) {\n#endif\nc(); }\n}\n"
    func first(_ lines: [Int]) -> Int? {
      SourceFile(bytes: Array(source.utf8), compiledLines: lines).functionBodies[0].body.statements.first?
        .extent
        .start.line
    }
    #expect(first([]) == 3)
    #expect(first([7, 5, 1]) == 5)
    #expect(first([3, 900, -1]) == 3)
    let balanced = "int f(int a) {\n#ifdef A\nb();\n#else\nc();\n#endif\n}\n"
    let file = SourceFile(bytes: Array(balanced.utf8), compiledLines: [5])
    #expect(outline(file.functionBodies[0].body) == "expression@5")
    #expect(file.placement(at: 3)?.next?.extent.start.line == 3)
  }

  @Test func aMissingBraceHarmsOneFunction() {
    let source = "int f(void)\n{\n if (a) {\n  b();\n}\nint g(void)\n{\n c();\n}\nint h(void)\n{\n d();\n}\n"
    #expect(names(source) == ["f", "g", "h"])
    let surplus = "int f(void)\n{\n b(); } }\n}\nint g(void)\n{\n c();\n}\n"
    #expect(names(surplus).contains("g"))
  }
}
