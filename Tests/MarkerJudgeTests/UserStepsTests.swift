import Elfutils
import Foundation
import MarkerJudge
import Testing

/// Verdicts on user probes against what became of programs that ran into them (Tests/Oracle/make-fixtures.sh).
@Suite("user probes that are hit")
struct UserStepsTests {
  static let kernels = [
    ("x86", "6.1-amd64", "gcc"), ("x86", "6.12-amd64", "gcc"),
    ("arm64", "6.1-arm64", "aarch64-linux-gnu-gcc"), ("arm", "6.1-armhf", "arm-linux-gnueabihf-gcc"),
  ].filter { Fixture.has($0.2) }

  /// How each form of program is linked.
  static let forms = [
    "static": ["-static"], "pie": ["-static-pie", "-fPIE"], "shared": ["-shared"],
  ]

  @Test("accepted means hit, and the class is how the kernel ran the instruction", arguments: kernels)
  func steps(architecture: String, kernel: String, compiler: String) throws {
    let rows = try Fixture.rows("steps-\(architecture).\(kernel).csv")
    for (form, options) in Self.forms {
      let ofForm = rows.filter { $0["form"] == form }
      if ofForm.isEmpty { continue }
      let command = [compiler, "-nostdlib", "-Wl,-e,0"] + options
      try Fixture.withImage("steps-\(architecture).S", command) { image in
        let rules = try UserRules(image: image)
        for row in ofForm {
          let address = try #require(rules.symbolIndex[row["symbol"] ?? ""]?.first)
          check(rules.verdict(at: address), row)
          #expect(rules.fileOffset(of: address) == image.fileOffset(of: address))
        }
      }
    }
    #expect(rows.count > 25)
  }

  private func check(_ verdict: ProbeVerdict, _ row: [String: String]) {
    let place: Comment = "\(row["form"] ?? "") \(row["symbol"] ?? ""): \(verdict)"
    switch verdict.decision {
    case .refused(let refusal):
      #expect(row["verdict"] == "refused", place)
      #expect(row["errno"] == refusal.errno.rawValue, place)
    case .neverArmed:
      #expect(row["verdict"] == "accepted" && row["hits"] == "0" && row["unchanged"] == "0", place)
    case .accepted:
      #expect(row["verdict"] == "accepted" && row["unchanged"] == "1", place)
      if row["hits"] == "0" {
        #expect(verdict.isConditional, place)
        return
      }
      #expect((verdict.probeClass == .singleStepped) == (row["stepped"] == "1"), place)
    }
  }
}

/// Kernels do not look where an instruction begins: a user probe within one changes the program.
@Suite("boundaries of instructions in programs")
struct UserBoundaryTests {
  @Test("with sizes of symbols and without")
  func boundaries() throws {
    try Fixture.withImage("user-boundaries.S", ["gcc", "-nostdlib", "-Wl,-e,0"]) { image in
      let rules = try UserRules(image: image)
      for name in ["sized", "unsized", "last"] {
        let start = try #require(rules.symbolIndex[name]?.first)
        #expect(rules.verdict(at: start).decision == .accepted)
        #expect(rules.verdict(at: start).remarks.isEmpty)
        guard case .neverArmed = rules.verdict(at: start + 2).decision else {
          Issue.record("\(name)+2 is within an instruction: \(rules.verdict(at: start + 2))")
          continue
        }
        #expect(rules.verdict(at: start + 5).decision == .accepted)
      }
    }
  }

  @Test("without symbols it is said that nothing tells them")
  func stripped() throws {
    try Fixture.withImage("user-boundaries.S", ["gcc", "-nostdlib", "-Wl,-e,0", "-s"]) { image in
      let code = try #require(image.sections.first { $0.name == ".text" })
      let verdict = try UserRules(image: image).verdict(at: code.address)
      #expect(verdict.decision == .accepted)
      #expect(verdict.remarks.contains { $0.contains("taken on trust") })
    }
  }
}

extension ElfImage {
  /// The file offset by the sections, where the rules go by the segments.
  fileprivate func fileOffset(of address: UInt64) -> UInt64? {
    sections.first { $0.isAllocated && $0.address <= address && address - $0.address < $0.byteCount }
      .map { $0.offset + (address - $0.address) }
  }
}
