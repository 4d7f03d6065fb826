import Testing

@testable import CSource

/// Walks everything that a reading offers, and checks what must hold for any bytes.
private func check(_ file: SourceFile) {
  for function in file.functionBodies {
    #expect(function.extent.start <= function.extent.end)
    check(function.body, in: function)
  }
  var previous = -1
  for index in file.statements.indices {
    let statement = Statement(file: file, index: index)
    let start = statement.extent.start.offset
    #expect(start >= previous, "statements must be in source order")
    previous = start
    _ = (
      statement.head, statement.forHead, statement.declarators, statement.name, statement.conditionalBranch
    )
  }
  for line in stride(from: 0, through: file.lines.count + 1, by: max(1, file.lines.count / 60)) {
    guard let placement = file.placement(at: line) else { continue }
    _ = (placement.successor, placement.caseLabel, placement.following.count)
  }
}

private func check(_ body: Block, in function: FunctionBody) {
  var pending = [body]
  while let block = pending.popLast() {
    var end = -1
    for statement in block.statements {
      #expect(statement.extent.start.offset > end, "statements of a block must not overlap")
      #expect(statement.block == block)
      end = statement.extent.end.offset
      pending += statement.bodies
    }
    #expect(block.function == function)
  }
}

@Suite struct RobustnessTests {
  @Test(arguments: 0..<150) func randomTokens(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "{", "}", "(", ")", "[", "]", ";", ":", "?", ",", "=", "*", "if", "else", "for", "while", "do",
      "switch",
      "case", "default", "return", "goto", "break", "int", "struct", "a", "f(", "MARKER(x)", "MARKER", "\n",
      "\n",
      "#if 0\n", "#if A\n", "#else\n", "#elif B\n", "#endif\n", "#define X(a) \\\n", "\"", "'", "/*", "*/",
      "//",
      "\\\n", "({", "1", "list_for_each(a)", "void f(void)\n{\n", "\u{e9}", "\0", "asm", "__extension__",
      "fallthrough",
    ]
    let count = Int.random(in: 0..<400, using: &generator)
    let text =
      "void f(int a) {"
      + (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
      .joined(separator: " ")
    check(SourceFile(bytes: Array(text.utf8)))
  }

  @Test(arguments: 0..<50) func randomBytes(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) &+ 1_000)
    let bytes = (0..<2_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    check(SourceFile(bytes: bytes))
    check(SourceFile(bytes: Array("void f(void) {".utf8) + bytes))
  }

  @Test(arguments: [
    "{", "(", "[", "({", "if (a) ", "else ", "if (a) { } else ", "for (;;) ", "do ", "switch (a) ",
    "case 1: ",
    "x: ", "a(", "a ? ", "* ", "m(a) ", "m(a)\n ", "return ", "goto ", "}", ")", "int f(void) { ",
    "#if A\n{\n",
    "#if A\n#else\n", "int (*", "struct a { ", "= { ", "\"", "/* ", "\\\n", "a b ", "f(x, { ", "MARKER(x) ",
    "for_each_x(a) ", "#define X ", "a\n", "\t\t\t\t\t\t\t\t\t\t", "a->", "__extension__ ",
  ]) func repetitionIsRead(_ piece: String) {
    let bytes = Array(("void f(int a) {" + String(repeating: piece, count: 32_000)).utf8)
    let file = SourceFile(bytes: bytes)
    _ = file.placement(at: 1)?.successor
    #expect(file.functionBodies.allSatisfy { $0.extent.end.offset < bytes.count })
  }

  @Test func emptySources() {
    #expect(SourceFile(bytes: []).functionBodies.isEmpty)
    #expect(SourceFile(bytes: []).placement(at: 1) == nil)
    #expect(SourceFile(bytes: Array("void f(void) {".utf8)).functionBodies.count == 1)
  }
}
