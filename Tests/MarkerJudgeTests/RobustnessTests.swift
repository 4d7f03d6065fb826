import Elfutils
import Foundation
import MarkerJudge
import SystemPackage
import Testing

@Suite("damaged images")
struct RobustnessTests {
  /// A generator with a fixed seed, so that a failure can be repeated (SplitMix64).
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  @Test(
    "bytes changed at random lead to an error or a verdict, never to a crash",
    arguments: [
      ("targets-x86.S", ["gcc", "-c", "-DVERMAGIC=\"vermagic=6.1.0 SMP preempt \""]),
      ("user-x86.S", ["gcc", "-nostdlib", "-static"]),
    ])
  func changed(source: String, command: [String]) throws {
    try Fixture.withFile(source, command) { file in
      let whole = try Data(contentsOf: file)
      var generator = Seeded(state: 7)
      var judged = 0
      for _ in 0..<150 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        try bytes.write(to: file)
        judged += (try? judgeEverything(file)) ?? 0
      }
      #expect(judged > 1000)
    }
  }

  private func judgeEverything(_ file: URL) throws -> Int {
    let image = try ElfFile.openSingle(FilePath(file.path))
    let rules = try ProbeRules(image: image)
    let sections = image.sections.filter { $0.isAllocated && $0.isExecutable }
    let addresses = sections.flatMap { section in
      (0..<min(section.byteCount, 2000)).map { section.address &+ $0 }
    }
    return try rules.verdicts(at: addresses + [0, .max]).count
  }
}
