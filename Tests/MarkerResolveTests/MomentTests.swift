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
