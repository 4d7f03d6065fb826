import Testing

@testable import CSource

/// The names in a function's text that code may come from.
@Suite struct NameUseTests {
  @Test func names() {
    let uses = uses("a = f(b, g);\nif (M(x)) h(k(1));\n")
    #expect(uses.filter(\.isCalled).map(\.name) == ["f", "M", "h", "k"])
    #expect(uses.first { $0.name == "g" }?.enclosing == "f")
    #expect(uses.first { $0.name == "k" }?.enclosing == "h")
    #expect(uses.first { $0.name == "a" }?.enclosing == nil)
    #expect(uses.first { $0.name == "k" }?.line == 2)
  }

  @Test("text that is never compiled has no uses")
  func excluded() {
    #expect(uses("\n#if 0\nf(1);\n#endif\ng(2);\n").map(\.name) == ["g"])
  }

  @Test("an unfinished function has no uses, and reading it does not fail")
  func unfinished() {
    let file = SourceFile(bytes: Array("void f(void) { g(1; ".utf8))
    #expect(file.functionBodies.allSatisfy { $0.nameUses.isEmpty })
  }

  @Test func macros() {
    let macros = MacroBody.definitions(
      in: Array(
        """
        #define APPLY(f, x) (f(x) + 1)
        #define NOTHING(x) ((void)0)
        #define CALL(p) ((p)->run(1))
        #define POINTER(p) (*(p)->run)(1)

        """.utf8))
    #expect(macros["APPLY"]?.callsParameter == true)
    #expect(macros["CALL"]?.callsParameter == false)
    #expect(macros["CALL"]?.calledNames == ["run"])
    #expect(macros["NOTHING"]?.calledNames == [])
    #expect(macros["NOTHING"]?.mayCallPointer == false)
    #expect(macros["POINTER"]?.mayCallPointer == true)
  }

  private func uses(_ source: String) -> [NameUse] {
    SourceFile(bytes: Array("void f(void) {\(source)}".utf8)).functionBodies[0].nameUses
  }
}
