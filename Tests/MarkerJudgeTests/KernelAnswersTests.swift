import Elfutils
import Foundation
import MarkerJudge
import SystemPackage
import Testing

/// Verdicts against what Debian's kernels answered to the same questions (Tests/Oracle/make-fixtures.sh).
@Suite("verdicts agree with what kernels answered")
struct KernelAnswersTests {
  static let x86Kernels = ["6.1-amd64", "6.12-amd64"]

  @Test("each byte of a module that meets every rule", arguments: x86Kernels)
  func module(kernel: String) throws {
    let release = kernel.split(separator: "-")[0]
    let vermagic = "-DVERMAGIC=\"vermagic=\(release).0 SMP preempt mod_unload modversions \""
    let rows = try Fixture.rows("targets-x86.\(kernel).csv")
    try Fixture.withImage("targets-x86.S", ["gcc", "-c", vermagic]) { image in
      let rules = try KernelRules(image: image)
      for row in rows {
        let symbol = try #require(rules.symbolIndex[row["symbol"] ?? ""]?.first)
        let offset = try #require(UInt64(row["offset"] ?? ""))
        check(rules.verdict(at: symbol + offset), row)
      }
    }
    #expect(rows.count > 800)
  }

  @Test("the same code as part of a vmlinux.o", arguments: x86Kernels)
  func object(kernel: String) throws {
    let release = kernel.split(separator: "-")[0]
    let rows = try Fixture.rows("targets-x86.\(kernel).csv")
    try Fixture.withImage("targets-x86.S", ["gcc", "-c", "-DKERNEL=\"\(release).0 SMP preempt \""]) { image in
      let rules = try KernelRules(image: image)
      #expect(rules.kind == .vmlinux)
      for var row in rows {
        let symbol = try #require(rules.symbolIndex[row["symbol"] ?? ""]?.first)
        let offset = try #require(UInt64(row["offset"] ?? ""))
        // A module's initialisation code is missing once it is loaded, a kernel's is text without a probe.
        if row["errno"] == "ENOENT" { row["errno"] = "EINVAL" }
        check(rules.verdict(at: symbol + offset), row)
      }
    }
  }

  static let programs = [
    ("user-x86", "6.1-amd64", ["gcc"]), ("user-x86", "6.12-amd64", ["gcc"]),
    ("user-arm64", "6.1-arm64", ["aarch64-linux-gnu-gcc"]),
    ("user-arm", "6.1-armhf", ["arm-linux-gnueabihf-gcc", "-marm"]),
  ].filter { Fixture.has($0.2[0]) }

  @Test("user probes on instructions of every kind", arguments: programs)
  func program(source: String, kernel: String, compiler: [String]) throws {
    let rows = try Fixture.rows("\(source).\(kernel).csv")
    try Fixture.withImage("\(source).S", compiler + ["-nostdlib", "-static"]) { image in
      let rules = try UserRules(image: image)
      for row in rows {
        let address = try #require(rules.symbolIndex[row["symbol"] ?? ""]?.first)
        check(rules.verdict(at: address), row)
      }
    }
    #expect(rows.count > 35)
  }

  static let fetched = ["6.1-amd64", "6.12-amd64", "6.1-arm64", "6.1-armhf"].filter { kernel in
    let answers = Fixture.directory.appending(path: "vmlinux.\(kernel).csv").path
    return Fixture.vmlinux(kernel) != nil && FileManager.default.fileExists(atPath: answers)
  }

  /// Only where Tests/Oracle/fetch.sh has put the kernels.
  @Test("random addresses of whole kernels", arguments: fetched)
  func vmlinux(kernel: String) throws {
    let rows = try Fixture.rows("vmlinux.\(kernel).csv")
    let rules = try KernelRules(image: ElfFile.openSingle(try #require(Fixture.vmlinux(kernel))))
    let addresses = try rows.map { try #require(UInt64($0["addr"] ?? "", radix: 16)) }
    for (row, verdict) in zip(rows, try rules.verdicts(at: addresses)) { check(verdict.verdict, row) }
  }

  private func check(_ verdict: ProbeVerdict, _ row: [String: String]) {
    let place: Comment = "\(row["symbol"] ?? "")+\(row["offset"] ?? ""): \(verdict.decision)"
    #expect(verdict.word == row["verdict"], place)
    #expect(verdict.refusal?.errno.rawValue ?? "" == row["errno"], place)
    if let optimised = row["optimised"], !optimised.isEmpty, verdict.probeClass != .depends {
      #expect((verdict.probeClass == .optimised) == (optimised == "1"), place)
    }
    if let ftrace = row["ftrace"], !ftrace.isEmpty {
      #expect((verdict.probeClass == .ftrace) == (ftrace == "1"), place)
    }
  }
}

extension ProbeVerdict {
  fileprivate var word: String {
    switch decision {
    case .accepted: "accepted"
    case .refused: "refused"
    case .neverArmed: "never-armed"
    }
  }
}
