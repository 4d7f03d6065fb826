import Foundation
import MarkerScan
import Testing

@testable import MarkerWrite

@Suite("JSON")
struct JsonTests {
  @Test("members keep their order and strings are escaped")
  func text() {
    let value = JsonValue.object([
      .init("z", .array([.integer(-1), .bool(true), .null])), .init("a", .object([])), .init("m", .array([])),
      .init("s", .string("\"\\\n\t\r\u{1}\u{7f}\u{2028}é😀")),
    ])
    #expect(
      value.line
        == #"{"z": [-1, true, null], "a": {}, "m": [], "s": "\"\\\n\t\r\u0001\u007f\u2028é😀"}"# + "\n")
    #expect(value.text.hasPrefix("{\n  \"z\": [\n    -1,\n    true,\n    null\n  ],\n  \"a\": {},\n"))
  }

  @Test("what is written reads back the same")
  func roundTrip() throws {
    let text = String((0..<0x300).compactMap(Unicode.Scalar.init).map(Character.init))
    for written in [JsonValue.array([.string(text)]).line, JsonValue.array([.string(text)]).text] {
      #expect(try JSONDecoder().decode([String].self, from: Data(written.utf8)) == [text])
    }
  }
}

@Suite("reports")
struct LintReportTests {
  private static let warning = FindingKind("M901", "one", .warning, summary: "", explanation: "")
  private static let note = FindingKind("M902", "two", .note, summary: "", explanation: "")

  private func report() -> Report {
    let late = resolution(
      record("mk", "a", file: "b.c", line: 2), sites: [site(kernelBase)],
      findings: [Finding(Self.warning, "late", notes: ["seen\nthere"], help: "move it")])
    let early = resolution(
      record("mk", "z", file: "a.c", line: 30), status: .none, sites: [],
      findings: [Finding(Self.note, "second"), Finding(Self.warning, "first")])
    let first = resolution(record("mk", "y", file: "a.c", line: 4), sites: [site(kernelBase, symbol: nil)])
    return Report(
      image: "vmlinux", buildID: nil, definitions: define([late, early, first]),
      inputFindings: [LocatedFinding(Finding(.listSyntax, "bad"), at: .text(path: "l", line: 3, column: 7))])
  }

  @Test("findings stand in the order of files and lines")
  func order() {
    let lint = LintReport([report()], listFindings: [], options: options())
    #expect(
      CompilerFormatter(style: TextStyle(isColored: false)).text(lint) == """
        l:3:7: error: bad [M009]
        a.c:4: error: marker 'mk:y': no symbol leads to 0xffffffff81000000 in 'vfs_read' and to no other place [M413]
        a.c:30: warning: marker 'mk:z': first [M901]
        a.c:30: note: marker 'mk:z': second [M902]
        b.c:2: warning: marker 'mk:a': late [M901]
          note: seen\\x0athere
          help: move it

        """)
    #expect(lint.hasErrors)
    #expect(
      lint.summary == "markers: 3 markers: 2 ok, 0 approximate, 1 none; 2 errors, 2 warnings, 1 note")
  }

  @Test("levels are those of the user")
  func levels() {
    var levels = LevelLayer()
    levels.set(.listSyntax, nil)
    levels.set(.placeUnnamed, .note)
    let quiet = LintReport([report()], listFindings: [], options: options(levels))
    #expect(!quiet.hasErrors)
    #expect(quiet.entries.map(\.level) == [.note, .warning, .note, .warning])
    levels.deniesWarnings = true
    levels.set(Self.note, .warning)
    let strict = LintReport([report()], listFindings: [], options: options(levels))
    #expect(strict.entries.map(\.level) == [.note, .error, .warning, .error])
  }

  @Test("JSON holds the same findings at the same levels")
  func json() throws {
    struct Lint: Decodable {
      struct Finding: Decodable {
        let code: String
        let level: String
        let file: String
        let line: Int
      }
      let images: [String]
      let findings: [Finding]
      let summary: [String: Int]
    }
    let lint = LintReport([report()], listFindings: [], options: options())
    let read = try JSONDecoder().decode(Lint.self, from: Data(JsonFormatter().text(lint).utf8))
    #expect(read.images == ["vmlinux"])
    #expect(read.findings.map(\.code) == ["M009", "M413", "M901", "M902", "M901"])
    #expect(read.findings.map(\.line) == [3, 4, 30, 30, 2])
    #expect(read.summary["errors"] == 2 && read.summary["none"] == 1)
  }

  @Test("the text view holds no control characters of records")
  func hostileText() {
    let hostile = resolution(
      record("mk", "a\u{1B}[31m", file: "x\ny.c"), sites: [site(kernelBase, [argument("n\u{7}", "%di")])])
    let text = ReportText(style: TextStyle(isColored: false)).text(
      Report(image: "i", buildID: nil, definitions: define([hostile]), inputFindings: []))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
    #expect(text.contains("mk:a\\x1b[31m  x\\x0ay.c:10  ok  1 site\n"))
  }

  private func options(_ levels: LevelLayer = LevelLayer()) -> LintOptions {
    var options = LintOptions { _ in nil }
    options.levels = FindingLevels([levels])
    return options
  }
}
