import MarkerScan
import MarkerWrite
import SystemPackage
import Testing

@testable import MarkerConfig

@Suite("baseline files")
struct BaselineTests {
  @Test("what is written is read, whatever it holds")
  func roundTrip() throws {
    let entries = [
      BaselineEntry(
        key: BaselineKey(
          subject: "net:rx", code: "M202", message: "'a \"b\" \\ c\t\u{7f}ü' at 0x1f in 'f.isra.0'"),
        count: 3, reason: "two\nlines", place: nil),
      BaselineEntry(
        key: BaselineKey(subject: "x", code: "M101", message: ""), count: 1, reason: "r", place: nil),
    ]
    let directory = try TemporaryDirectory()
    let path = try directory.write(BaselineFile.text(entries), to: "baseline.toml")
    let read = try BaselineFile.read(path).entries
    #expect(read.map(\.key) == entries.map(\.key))
    #expect(read.map(\.count) == [3, 1] && read.map(\.reason) == ["two\nlines", "r"])
    #expect(read[0].place == .text(path: path.string, line: 4, column: 1))
  }

  @Test(
    "numbers of a message do not count, those of names do",
    arguments: [
      ("the marker on line 43 is at 0x1f", "the marker on line 12 is at 0xab", true),
      ("the probe at 'f.isra.0+0x1a'", "the probe at 'f.isra.1+0x20'", true),
      ("'x1' has no value", "'x2' has no value", false),
      ("'u8' at 3 of 5 places", "'u16' at 3 of 5 places", false),
    ])
  func numbers(one: String, other: String, isSame: Bool) {
    let keys = [one, other].map { BaselineKey(subject: "s", code: "M101", message: $0) }
    #expect((keys[0] == keys[1]) == isSame)
  }

  @Test(
    "an entry without its parts is told with its place",
    arguments: [
      ("[[finding]]\nsubject = \"a\"\ncode = \"M1\"\nmessage = \"m\"\n", "a finding has a 'reason'"),
      ("[[finding]]\nsubject = \"a\"\nreason = \"r\"\n", "a finding has 'subject', 'code' and 'message'"),
      ("[[findings]]\nsubject = \"a\"\n", "there is no key 'findings' here"),
    ])
  func problems(text: String, reason: String) throws {
    let path = try TemporaryDirectory()
    let file = try path.write(text, to: "baseline.toml")
    let error = #expect(throws: ConfigurationError.self) { try BaselineFile.read(file) }
    #expect(
      error?.description.hasPrefix("\(file):1:1: error: \(reason)") == true, "\(error?.description ?? "")")
  }
}

@Suite("globs")
struct GlobTests {
  @Test(
    arguments: [
      ("*", "abc", true), ("*", "a/b", false), ("**", "a/b", true), ("a?c", "abc", true),
      ("a?c", "a/c", false),
      ("net:*", "net:rx", true), ("net:*", "nets:rx", false), ("", "", true), ("*a*b*", "xaxbx", true),
      ("**/x.c", "a/b/x.c", true),
      ("a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ])
  func names(pattern: String, text: String, matches: Bool) {
    #expect(Glob(pattern).matches(text) == matches)
  }

  @Test(
    arguments: [
      ("drivers/net/**", "/build/linux/drivers/net/ethernet/x.c", true), ("x.c", "a/x.c", true),
      ("x.c", "a/ax.c", false), ("*.h", "include/linux/fs.h", true), ("fs/*", "fs/ext4/inode.c", false),
    ])
  func paths(pattern: String, path: String, matches: Bool) {
    #expect(Glob(pattern).matches(path: path) == matches)
  }
}
