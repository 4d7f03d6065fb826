import Foundation
import Testing

/// A source that nests deeper than any stack is deep, in place of the one that was compiled.
@Suite("deeply nested source")
struct NestedSourceTests {
  /// What opens, what stands inside, and what closes: 5,000 of each are written before the marker.
  struct Nest: Sendable, CustomTestStringConvertible {
    let open: String
    let inside: String
    let close: String
    var behind = ""
    let testDescription: String

    init(_ name: String, _ open: String, _ inside: String, _ close: String = "", behind: String = "") {
      (testDescription, self.open, self.inside, self.close, self.behind) = (name, open, inside, close, behind)
    }

    var text: String {
      String(repeating: open, count: 5_000) + inside + String(repeating: close, count: 5_000) + behind
    }
  }

  static let nests = [
    Nest("blocks", "{", "g++;", "}"), Nest("parentheses", "g = (", "1", ");"),
    Nest("ifs", "if (g) ", "g++;"), Nest("ifs with blocks", "if (g) {", "return 1;", "}"),
    Nest("loops", "for (;;) ", "break;"), Nest("switches", "switch (g) { case 1: ", "g++;", "}"),
    Nest("conditionals", "g ? ", "1", " : 2", behind: ";"), Nest("operators", "!", "g;"),
    Nest("subscripts", "g[", "0", "]", behind: ";"), Nest("calls", "f(", "1", ", p)", behind: ";"),
    Nest("initialisers", "{", "int a[] = { 1", "}", behind: ";"), Nest("#if", "#if 1\n", "", "#endif\n"),
    Nest("macro's blocks", "#define A() {\\\n", "return 1;", "}", behind: "\nA();"),
    Nest("a marker's argument", "MARKER(n, (", "argc", "));"),
  ]

  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    let program = "int g;\nint main(int argc, char **argv)\n{\n\n\tg += argc;\n\treturn g;\n}\n"
    try scratch.write("nested.c", program)
    try scratch.write("nested.markers", "t:m nested.c:5 argc\n")
    let compiled = try run(
      URL(filePath: "/usr/bin/env"), ["gcc", "-g", "-O2", "nested.c", "-o", scratch.path("program")],
      in: scratch.url)
    try #require(compiled.status == 0, "\(compiled.errors)")
  }

  @Test("no command crashes", arguments: nests)
  func survives(_ nest: Nest) throws {
    try scratch.write(
      "nested.c", "int g;\nint main(int argc, char **argv)\n{\n\(nest.text)\n\tg += argc;\n\treturn g;\n}\n")
    for command in [["lint"], ["show", "m"]] {
      try survives(command + ["program", "--markers", "nested.markers"])
    }
    try survives(["scan", "--source", "."])
  }

  /// With a stack of 2 MiB, which is 400 bytes for each nest.
  private func survives(_ arguments: [String]) throws {
    let done = try run(
      URL(filePath: "/bin/sh"),
      ["-c", "ulimit -s 2048 && exec \"$0\" \"$@\"", markersProgram.path] + arguments, in: scratch.url)
    #expect(done.status <= 2, "\(arguments): \(done.errors.suffix(200))")
  }
}
