import Testing

@testable import MarkerScan

private func list(_ text: String) -> MarkerList { MarkerList(text: Array(text.utf8), path: "m.list") }

/// "line:column code" of each finding.
private func places(_ list: MarkerList) -> [String] {
  list.findings.map { located in
    guard case .text(_, let line, let column) = located.location else { return "elsewhere" }
    return "\(line):\(column) \(located.finding.kind.code)"
  }
}

@Suite struct MarkerListTests {
  @Test func readsMarkers() throws {
    let list = list(
      """
      \u{FEFF}# markers of the scheduler
      sched:wakeup  kernel/sched/core.c:4120  p->pid, comm=p->comm:string   # who
      \tio:read\t../fs/read_write.c:450\r

        # nothing here
      io:hash a.c:1 '#', x
      """)
    #expect(list.findings.isEmpty)
    #expect(list.records.map(\.name) == ["wakeup", "read", "hash"])
    let first = try #require(list.records.first)
    #expect(first.provider == "sched")
    #expect(first.file == "kernel/sched/core.c")
    #expect(first.line == 4120)
    #expect(first.captures.map(\.text) == ["p->pid", "comm=p->comm:string"])
    #expect(first.origin == .list(path: "m.list", line: 2))
    #expect(list.records[1].captures.isEmpty)
    #expect(list.records[1].file == "../fs/read_write.c")
    #expect(list.records[2].captures.map(\.text) == ["'#'", "x"])
  }

  @Test(arguments: [
    ("nocolon a.c:1", "1:1 M009"),
    (":n a.c:1", "1:1 M009"),
    ("p: a.c:1", "1:3 M009"),
    ("p:n:m a.c:1", "1:3 M009"),
    ("9p:n a.c:1", "1:1 M009"),
    ("p:n-m a.c:1", "1:3 M009"),
    ("p:n", "1:4 M009"),
    ("p:n a.c", "1:5 M009"),
    ("p:n a.c:x", "1:9 M009"),
    ("p:n a.c:0", "1:9 M009"),
    ("p:n a.c:99999999999", "1:9 M009"),
    ("p:n a.c:-1", "1:9 M009"),
    ("p:n :1", "1:5 M009"),
    ("  p:n a.c:1 \u{1b}[31m", "1:13 M009"),
    ("p:n a.c:1 a, b:u33", "1:16 M010"),
    ("p:n a.c:1 a,, b", "1:13 M010"),
    ("p:n a.c:1 a,", "1:13 M010"),
    ("p:n a.c:1  (a", "1:14 M010"),
  ]) func badLine(_ text: String, _ place: String) {
    let read = list("\(text)\nio:good b.c:2 x\n")
    #expect(places(read) == [place])
    #expect(read.records.last?.name == "good")
    #expect(list(text + "\n" + text).findings.count >= 2)
  }

  @Test func unsupportedCapturesAreKept() {
    let list = list("p:n a.c:1 f(x), y")
    #expect(list.findings.isEmpty)
    #expect(list.records.first?.captures.map { $0.expression != nil } == [false, true])
  }

  @Test func repeatedLinesAreOneMarker() {
    let list = list("p:n a.c:1 x\np:n a.c:2 x\np:n a.c:1  x\n")
    #expect(list.records.map(\.line) == [1, 2])
    #expect(places(list) == ["3:1 M004"])
    #expect(list.findings.first?.finding.message == "marker 'p:n' repeats line 1")
  }

  @Test func limits() {
    let long = String(repeating: "n", count: 63)
    #expect(list("p:\(long) a.c:1").records.count == 1)
    #expect(places(list("p:\(long)n a.c:1")) == ["1:3 M009"])
    let many = Array(repeating: "x", count: 129).joined(separator: ",")
    #expect(places(list("p:n a.c:1 \(many)")) == ["1:10 M009"])
    #expect(places(list("p:n a.c:1 " + String(repeating: "x", count: 70_000))) == ["1:65536 M009"])
  }

  @Test func anyBytesAreRead() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("p:n a.c:12 x->y[3], (b)*'\"\\#\t\n\r\u{7f}".utf8) + [0, 0xFF, 0xC3]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0..<120, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      let list = MarkerList(text: text, path: "m.list")
      #expect(list.records.allSatisfy { $0.line > 0 && !$0.name.isEmpty && !$0.file.isEmpty })
    }
  }
}
