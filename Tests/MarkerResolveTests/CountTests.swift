import Foundation
import MarkerResolve
import MarkerScan
import Testing

/// How often the places of markers are passed, counted by gdb in a run of the program.
@Suite("counts, with gdb as witness")
struct CountTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("a marker called ok is hit as often as control comes to it", arguments: Self.builds)
  func counts(_ build: Build) throws {
    let program = try build.compile("flow.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
    let wanted = try hits(in: "flow.c")
    let list = wanted.keys.sorted().map { "t:line\($0) flow.c:\($0)" }.joined(separator: "\n")
    let resolutions = try resolve(program, list)
    let passes = try Witness.passes(
      of: program, Set(resolutions.flatMap { $0.sites.map(\.address) }), in: scratch)
    var right = 0
    for resolution in resolutions where resolution.status == .ok {
      let count = resolution.sites.reduce(0) { $0 + (passes[$1.address] ?? 0) }
      #expect(count == wanted[resolution.record.line], "\(resolution.record.name) in \(build)")
      right += 1
    }
    #expect(right >= 18, "only \(right) of \(wanted.count) are ok in \(build)")
  }

  @Test("what other statements are passed shows where a marker is that has no row", arguments: Self.builds)
  func counted(_ build: Build) throws {
    let program = try build.compile("counted.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
    let wanted = try hits(in: "counted.c")
    let list = wanted.keys.sorted().map { "t:line\($0) counted.c:\($0) state" }.joined(separator: "\n")
    let markers = try resolve(program, list)
    let passes = try Witness.passes(
      of: program, Set(markers.flatMap { $0.sites.map(\.address) }), in: scratch)
    for marker in markers where !marker.sites.isEmpty {
      let count = marker.sites.reduce(0) { $0 + (passes[$1.address] ?? 0) }
      #expect(count == wanted[marker.record.line], "\(marker.record.name) in \(build)")
    }
    #expect(markers.count { $0.sites.isEmpty } <= 3, "\(build)")
    guard build.compiler != "clang-16" else { return }
    let shown = try lines(of: "counted.c", saying: "shown")
    #expect(markers.filter { shown.contains($0.record.line) }.allSatisfy { $0.status == .ok })
    guard build.options != ["-O1"] else { return }
    let found = try markers.filter { try lines(of: "counted.c", saying: "found").contains($0.record.line) }
    // It follows from other statements that agree; what its variables hold there is not known.
    #expect(found.map(\.status) == [.ok])
    #expect(found.flatMap { $0.sites.flatMap(\.arguments) }.allSatisfy { $0.fetch == nil })
  }

  @Test("a marker that one way through the code lost is found where the other statements let it be passed")
  func threaded() throws {
    let program = try Build(compiler: "gcc-12", options: ["-O2"])
      .compile(
        "threaded.c", ["-g", "-no-pie", "-fno-pie", "-I\(checkout.appending(path: "include").path)"],
        in: scratch)
    let marker = try #require(try resolve(program, "t:joined threaded.c:16").first)
    let passes = try Witness.passes(of: program, Set(marker.sites.map(\.address)), in: scratch)
    #expect(passes.values.reduce(0, +) == 9)
  }

  @Test("jumps that cannot be followed contradict nothing")
  func unknown() throws {
    let source = checkout.appending(path: "Fixtures/explain/M107/triggers.c").path
    try run("gcc", "-O2", "-g", "-c", source, "-o", "serve.o", in: scratch)
    let marker = try #require(try resolve(scratch.path("serve.o"), "shop:second triggers.c:12").first)
    let codes = Set(marker.findings.map(\.kind.code))
    #expect(codes.contains("M107") && !codes.contains("M105"))
  }

  @Test(
    "what the code does shows places that rows alone do not, and what left nothing is not called ok",
    arguments: ["clang-14", "clang-16", "clang-19"])
  func effects(_ compiler: String) throws {
    let program = try Build(compiler: compiler, options: ["-O2"])
      .compile("effects.c", ["-g", "-no-pie", "-fno-pie"], in: scratch)
    let wanted = try hits(in: "effects.c")
    let shown = try lines(of: "effects.c", saying: "shown")
    let gone = try lines(of: "effects.c", saying: "gone")
    let list = wanted.keys.sorted().map { "t:line\($0) effects.c:\($0)" }.joined(separator: "\n")
    let resolutions = try resolve(program, list)
    let passes = try Witness.passes(
      of: program, Set(resolutions.flatMap { $0.sites.map(\.address) }), in: scratch)
    for resolution in resolutions {
      let line = resolution.record.line
      let count = resolution.sites.reduce(0) { $0 + (passes[$1.address] ?? 0) }
      if resolution.status == .ok { #expect(count == wanted[line], "line \(line)") }
      #expect((resolution.status == .ok) == shown.contains(line), "line \(line)")
      #expect(
        resolution.findings.contains { $0.kind == .vanishedCopy } == gone.contains(line), "line \(line)")
    }
  }

  @Test(
    "what the compiler decided early, merged or called before the marker is told apart",
    arguments: ["-O2", "-Os"])
  func neighbours(_ level: String) throws {
    let wanted = try hits(in: "neighbours.c")
    let program = try Build(compiler: "gcc-12", options: [level])
      .compile(
        "neighbours.c", ["-g", "-no-pie", "-fno-pie", "-I\(checkout.appending(path: "include").path)"],
        in: scratch)
    let list = wanted.keys.sorted().map { "t:line\($0) neighbours.c:\($0)" }.joined(separator: "\n")
    let markers = try resolve(program, list)
    let passes = try Witness.passes(
      of: program, Set(markers.flatMap { $0.sites.map(\.address) }), in: scratch)
    let counts = markers.map { $0.sites.reduce(0) { $0 + (passes[$1.address] ?? 0) } }
    // Control comes to them 5, 4 and 2 times; the first lost the way that is decided early, the second got the other
    // case's, too.
    #expect(counts == [level == "-O2" ? 2 : 4, 6, 2])
    #expect(markers.map(\.status) == [.approximate, .approximate, .ok])
  }

  @Test("a statement with many ways out is no work without end", .timeLimit(.minutes(1)))
  func exits() throws {
    let program = try Build(compiler: "gcc-12", options: ["-O1"])
      .compile("exits.c", ["-g", "-I\(checkout.appending(path: "include").path)"], in: scratch)
    let markers = try resolve(program, "t:top exits.c:9\nt:bottom exits.c:39")
    #expect(markers.map(\.status) == [.ok, .ok])
  }

  private static let builds = [
    Build(compiler: "gcc-12", options: ["-O1"]), Build(compiler: "gcc-12", options: ["-O2"]),
    Build(compiler: "gcc-12", options: ["-O3"]), Build(compiler: "gcc-12", options: ["-Os"]),
    Build(compiler: "clang-16", options: ["-O2"]),
  ]

  /// The lines of a fixture whose "hits:" comments say a word.
  private func lines(of fixture: String, saying word: String) throws -> Set<Int> {
    let text = try String(
      contentsOf: checkout.appending(path: "Fixtures/resolve/\(fixture)"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return Set(
      lines.indices.filter { lines[$0].contains("hits:") && lines[$0].contains(" \(word) */") }.map { $0 + 1 }
    )
  }

  /// The counts that the fixture's "hits:" comments give, by line.
  private func hits(in fixture: String) throws -> [Int: Int] {
    let text = try String(
      contentsOf: checkout.appending(path: "Fixtures/resolve/\(fixture)"), encoding: .utf8)
    var result: [Int: Int] = [:]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let match = line.firstMatch(of: /\/\* hits: (\d+)[ a-z]* \*\//) {
        result[index + 1] = Int(match.output.1)
      }
    }
    return result
  }
}
