import Foundation
import MarkerResolve
import Testing

/// Whether memory holds at a place what the source has stored there by then: no debugging information says so, gdb
/// reads what is there, and the fixture says what has to be.
@Suite("values of the marker's moment, with the source as witness")
struct MomentTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("an offered value is the one that the source has there", arguments: Self.builds)
  func values(_ build: Build) throws {
    let program = try build.compile("moments.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
    let wanted = try values(in: "moments.c")
    let list = wanted.keys.sorted().map { "t:line\($0) moments.c:\($0) \(wanted[$0]?.name ?? "")" }
    let resolutions = try resolve(program, list.joined(separator: "\n"))
    let readings = try Witness(scratch: scratch, gdb: GdbSyntax(registerPrefix: "r"))
      .readings(of: program, resolutions.filter { $0.status == .ok && $0.sites.count == 1 })
    for reading in readings where reading.isClaimed {
      let line = Int(reading.marker.dropFirst(4)).flatMap { wanted[$0] }
      #expect(reading.fetched == line?.value, "\(reading) at \(reading.marker) in \(build)")
    }
    let claimed = readings.count { $0.isClaimed }
    #expect(claimed >= 10, "only \(claimed) of \(wanted.count) in \(build)")
  }

  @Test("a global that a loop keeps in a register is not read from memory there")
  func kept() throws {
    for (level, status) in [("-O1", ResolutionStatus.ok), ("-O2", .none)] {
      let program = try Build(compiler: "gcc-12", options: [level])
        .compile("kept.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
      let markers = try resolve(program, "t:kept kept.c:14 total\nt:stored kept.c:16 total")
      #expect(
        markers.map { $0.sites.flatMap(\.arguments).map(\.status) } == [[status], [.ok]], "at \(level)")
    }
  }

  @Test(
    "what the debugging information gives of another moment is not claimed",
    arguments: ["gcc-12", "clang-14", "clang-16"])
  func moved(_ compiler: String) throws {
    let program = try Build(compiler: compiler, options: ["-O2"])
      .compile("moved.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
    let text = try String(contentsOf: checkout.appending(path: "Fixtures/resolve/moved.c"), encoding: .utf8)
    var names: [Int: String] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let match = line.firstMatch(of: /not (\S+): (\w+)/), compiler == match.output.1 else { continue }
      names[index + 1] = String(match.output.2)
    }
    #expect(!names.isEmpty)
    let list = names.keys.sorted().map { "t:line\($0) moved.c:\($0) \(names[$0] ?? "")" }
    for marker in try resolve(program, list.joined(separator: "\n")) {
      let statuses = marker.sites.flatMap(\.arguments).map(\.status)
      #expect(statuses.contains { $0 != .ok }, "\(marker.record.name) in \(compiler): \(statuses)")
    }
  }

  @Test(
    "what is read through a pointer that is not valid yet is said to fault",
    arguments: ["gcc-12", "clang-16"])
  func unset(_ compiler: String) throws {
    let program = try Build(compiler: compiler, options: ["-O2"])
      .compile("unset.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
    let markers = try resolve(program, "t:early unset.c:15 box->count, box\nt:late unset.c:17 box->count, n")
    #expect(markers.allSatisfy { $0.findings.contains { $0.kind.code == "M211" } })
    let readings = try Witness(scratch: scratch, gdb: GdbSyntax(registerPrefix: "r"))
      .readings(of: program, markers)
    let fetched = Dictionary(grouping: readings, by: \.marker).mapValues { $0.map(\.fetched) }
    #expect(fetched == ["early": [nil, "0"], "late": ["12", "3"]])
  }

  /// A store by a stack pointer that is moved by an argument is not one to a place that is not.
  @Test("a place on the stack is known while arguments are pushed")
  func pushed() throws {
    let program = try Build(compiler: "gcc-12", options: ["-O2"])
      .compile("moved.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
    let text = try String(contentsOf: checkout.appending(path: "Fixtures/resolve/moved.c"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("size = 9;") }) + 1
    let markers = try resolve(program, "t:pushed moved.c:\(line) size")
    let readings = try Witness(scratch: scratch, gdb: GdbSyntax(registerPrefix: "r"))
      .readings(of: program, markers)
    #expect(readings.map(\.isClaimed) == [true])
    #expect(readings.map(\.fetched) == ["7"])
  }

  private static let builds = [
    Build(compiler: "gcc-12", options: ["-O1"]), Build(compiler: "gcc-12", options: ["-O2"]),
    Build(compiler: "gcc-12", options: ["-O3"]), Build(compiler: "gcc-12", options: ["-Os"]),
    Build(compiler: "clang-14", options: ["-O2"]), Build(compiler: "clang-16", options: ["-O2"]),
    Build(compiler: "clang-16", options: ["-O1"]),
  ]

  private func values(in fixture: String) throws -> [Int: (name: String, value: String)] {
    let text = try String(
      contentsOf: checkout.appending(path: "Fixtures/resolve/\(fixture)"), encoding: .utf8)
    var result: [Int: (name: String, value: String)] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let match = line.firstMatch(of: /\/\* is: (\S+) (\d+) \*\//) {
        result[index + 1] = (String(match.output.1), String(match.output.2))
      }
    }
    return result
  }
}
