import Testing

@testable import MarkerScan

private func scan(_ bytes: [UInt8], _ name: String = ".debug_markers") throws -> RecordScan {
  let kind = try #require(RecordSection.Kind(named: name))
  return RecordScan([RecordSection(bytes, kind: kind, image: "a.o", section: name)])
}

private func scan(_ text: String, _ name: String = ".debug_markers") throws -> RecordScan {
  try scan(Array(text.utf8), name)
}

/// "offset code" of each finding.
private func places(_ scan: RecordScan) -> [String] {
  scan.findings.map { located in
    guard case .section(_, _, let offset) = located.location else { return "elsewhere" }
    return "\(offset) \(located.finding.kind.code)"
  }
}

private let good = "mk1\tnet\trx\tnet/core/dev.c\t4711\tskb->len\tdev=skb->dev->name:string\0"

@Suite struct RecordTests {
  @Test func readsRecords() throws {
    let scan = try scan("\0\0" + good + "mk1\t8250_pci\ta\tb.c\t1\0\0")
    #expect(scan.findings.isEmpty)
    let first = try #require(scan.records.first)
    #expect(
      first.provider == "net" && first.name == "rx" && first.file == "net/core/dev.c" && first.line == 4711)
    #expect(first.captures.map(\.text) == ["skb->len", "dev=skb->dev->name:string"])
    #expect(first.captures.allSatisfy { $0.expression != nil })
    #expect(first.origin == .section(image: "a.o", section: ".debug_markers", offset: 2))
    #expect(scan.records.map(\.provider) == ["net", "_8250_pci"])
    #expect(scan.records.last?.captures.isEmpty == true)
  }

  /// TAB is written `|`, NUL `~`, another control character `^`.
  @Test(arguments: [
    ("mk1|p|n|f.c~", "M001"),
    ("mk1|p|n|f.c|x~", "M001"), ("mk1|p|n|f.c|0~", "M001"), ("mk1|p|n|f.c|01~", "M001"),
    ("mk1|p|n|f.c|-1~", "M001"), ("mk1|p|n|f.c|~", "M001"),
    ("mk1|p|n|f.c|2147483648~", "M001"),
    ("mk1|p|n|f.c|99999999999999999999~", "M001"),
    ("mk1||n|f.c|1~", "M001"), ("mk1|p||f.c|1~", "M001"), ("mk1|p|n||1~", "M001"),
    ("mk1|p-q|n|f.c|1~", "M001"), ("mk1|p|9n|f.c|1~", "M001"), ("mk1|p|n;rm|f.c|1~", "M001"),
    ("mk1|p|n|f.c|1|a^b~", "M001"), ("mk1|p|n|f^[1m.c|1~", "M001"),
    ("mk1|p|n|f.c|1^~", "M001"),
    ("mk2|p|n|f.c|1~", "M003"), ("mk10|whatever~", "M003"), ("mk0|~", "M003"),
    ("mk1 p n~", "M007"), ("mk01|p|n|f.c|1~", "M007"), ("GCC: (Debian)~", "M007"), ("mk|~", "M007"),
    ("mk1|p|n|f.c|1|a|@fmt=1~", "M011"),
    ("mk1|p|n|f.c|1|a:u33~", "M010"),
    ("mk1|p|n|f.c|1|~", "M010"),
  ]) func oneFindingEach(_ record: String, _ code: String) throws {
    let bytes = record.utf8.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "|"): return 9
      case UInt8(ascii: "~"): return 0
      case UInt8(ascii: "^"): return 0x1B
      default: return byte
      }
    }
    let scan = try scan(Array(good.utf8) + bytes + Array("mk1\tp\tlast\tf.c\t9\0".utf8))
    #expect(places(scan) == ["\(good.utf8.count) \(code)"])
    #expect(scan.records.first?.name == "rx")
    #expect(scan.records.last?.name == "last")
  }

  @Test func unsupportedCapturesAreNoFinding() throws {
    let scan = try scan("mk1\tp\tn\tf.c\t1\tf(x)\ta + 1\t@x\ty\0")
    #expect(scan.records.first?.captures.map(\.text) == ["f(x)", "a + 1", "y"])
    #expect(places(scan) == ["0 M011"])
  }

  @Test func limits() throws {
    let name = String(repeating: "n", count: 63)
    #expect(try scan("mk1\t\(name)\t\(name)\tf\t1\0").records.count == 1)
    #expect(try places(scan("mk1\t\(name)n\tn\tf\t1\0")) == ["0 M001"])
    #expect(try places(scan("mk1\tp\t\(name)n\tf\t1\0")) == ["0 M001"])
    #expect(try places(scan("mk1\tp\tn\t\(String(repeating: "f", count: 4_096))\t1\0")) == ["0 M001"])
    let captures = String(repeating: "\tx", count: 128)
    #expect(try scan("mk1\tp\tn\tf\t1\(captures)\0").records.first?.captures.count == 128)
    #expect(try places(scan("mk1\tp\tn\tf\t1\(captures)\tx\0")) == ["0 M008"])
    let long = "mk1\tp\tn\tf\t1\t" + String(repeating: "x", count: 65_536)
    #expect(try places(scan(long + "\0")) == ["0 M006"])
    #expect(try places(scan(long + "\0" + good)) == ["0 M006"])
  }

  @Test func truncation() throws {
    let cut = try scan(good + String(good.dropLast(8)))
    #expect(places(cut) == ["\(good.utf8.count) M002"])
    #expect(cut.records.count == 1)
    #expect(try places(scan("mk", ".debug_markers")) == ["0 M002"])
    #expect(try places(scan("mk1\tp", ".llvmcmd")) == ["0 M002"])
    #expect(try scan("-cc1", ".llvmcmd").findings.isEmpty)
  }

  @Test func sharedSections() throws {
    let scan = try scan("-cc1\0-triple\0" + good + "mk\0mk1\0mk3\tx\0", ".llvmcmd")
    #expect(scan.records.count == 1)
    #expect(places(scan).map { $0.suffix(4) } == ["M003"])
    #expect(RecordSection.Kind(named: ".text") == nil)
  }

  @Test func duplicatesAndConflicts() throws {
    let other = good.replacing("skb->len", with: "skb->data_len")
    let scan = try scan(good + other + good + good)
    #expect(scan.records.count == 2)
    #expect(places(scan) == ["0 M004", "0 M005"])
    #expect(scan.findings[0].finding.message == "marker 'net:rx' is recorded 3 times")
    #expect(scan.findings[1].finding.notes.count == 2)
  }

  @Test func floodsOfFindingsAreCounted() throws {
    let scan = try scan(String(repeating: "x\0", count: 5_000) + good)
    #expect(scan.records.count == 1)
    #expect(scan.findings.count == 1_001)
    #expect(scan.findings.contains { $0.finding.message == "4000 further findings are not shown" })
  }

  @Test(arguments: 0..<200) func mutatedRecordsAreRead(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bytes = Array(
      (good + "mk1\tp\tn\tf.c\t1\t((struct a *)b)->c[2]:u8[4]\tcontainer_of(a, struct b, c)\0").utf8)
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let index = Int.random(in: bytes.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(Array("\t\0(\"'mk->[,:".utf8).randomElement(using: &generator) ?? 0, at: index)
      default:
        bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 0..<40, using: &generator)))
      }
      if bytes.isEmpty { bytes = [0] }
    }
    for name in [".debug_markers", ".llvmcmd"] {
      let scan = try scan(bytes, name)
      for record in scan.records {
        #expect(record.line > 0 && !record.file.isEmpty)
        #expect(!record.captures.contains { $0.text.utf8.contains { $0 < 0x20 } })
        #expect(record.provider.utf8.allSatisfy { $0 > 0x20 } && record.name.utf8.allSatisfy { $0 > 0x20 })
      }
    }
  }

  @Test(arguments: 0..<50) func randomBytesAreRead(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) &+ 5_000)
    let bytes = (0..<4_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for name in [".debug_markers", ".llvmcmd"] { #expect(try scan(bytes, name).records.isEmpty) }
  }
}
