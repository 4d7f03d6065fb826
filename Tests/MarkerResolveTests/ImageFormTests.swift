import Foundation
import MarkerResolve
import Testing

/// The same code in other files: what is found does not depend on how debugging information is stored.
@Suite("forms of images")
struct ImageFormTests {
  private let scratch: Scratch
  private let program: String
  private let list: String

  init() throws {
    scratch = try Scratch()
    list = try requests(in: "values.c")
    program = try Build(compiler: "gcc-12", options: ["-O2", "-gdwarf-5"])
      .compile("values.c", ["-no-pie", "-fno-pie", "-Wl,--build-id"], in: scratch)
  }

  private func sites(_ image: String) throws -> [[UInt64]] {
    try resolve(image, list).map { $0.sites.map(\.address) }
  }

  @Test("compressed debug sections", arguments: ["zlib", "zlib-gnu"])
  func compressed(_ form: String) throws {
    let other = scratch.path("compressed")
    try run("objcopy", "--compress-debug-sections=\(form)", program, other, in: scratch)
    #expect(try resolve(other, list) == (try resolve(program, list)))
  }

  @Test("a separate file by .gnu_debuglink")
  func debugLink() throws {
    let expected = try sites(program)
    try run("objcopy", "--only-keep-debug", program, "output.debug", in: scratch)
    try run("objcopy", "-R", ".note.gnu.build-id", "--strip-debug", program, "stripped", in: scratch)
    #expect(throws: (any Error).self) { try resolve(scratch.path("stripped"), list) }
    try run("objcopy", "--add-gnu-debuglink=output.debug", "stripped", "linked", in: scratch)
    #expect(try sites(scratch.path("linked")) == expected)
  }

  /// Call frame information stands in .debug_frame as the kernel builds its modules, else in .eh_frame.
  @Test(
    "a relocatable object has the program's places and values", arguments: ["gcc-12", "clang-16"],
    [["-fno-asynchronous-unwind-tables"], []])
  func object(_ compiler: String, _ frames: [String]) throws {
    func resolved(_ extra: [String]) throws -> [MarkerResolution] {
      let file = try Build(compiler: compiler, options: ["-O2", "-g"])
        .compile("values.c", extra + ["-fno-pie"] + frames, in: scratch)
      return try resolve(file, list)
    }
    /// Without the addresses of data, which only the linker knows.
    func values(_ resolutions: [MarkerResolution]) -> [[String?]] {
      resolutions.flatMap(\.sites).map { site in
        site.arguments.map { $0.fetch.map { $0.expression.contains("@") ? "@" : $0.expression } }
      }
    }
    let linked = try resolved(["-no-pie"])
    let object = try resolved(["-c"])
    #expect(object.map { $0.sites.map(\.place) } == linked.map { $0.sites.map(\.place) })
    #expect(values(object) == values(linked))
    #expect(values(object).joined().contains { $0?.contains("(%sp)") == true })
    #expect(linked.allSatisfy { !$0.sites.isEmpty })
  }

  @Test(
    "other machines resolve every marker",
    arguments: ["aarch64-linux-gnu-gcc", "arm-linux-gnueabihf-gcc"])
  func otherMachines(_ compiler: String) throws {
    let file = try Build(compiler: compiler, options: ["-O2", "-g"]).compile("values.c", ["-c"], in: scratch)
    let resolutions = try resolve(file, list)
    #expect(resolutions.allSatisfy { !$0.sites.isEmpty })
    let arguments = resolutions.flatMap { $0.sites.flatMap(\.arguments) }
    #expect(arguments.filter { $0.fetch != nil }.count * 2 >= arguments.count)
  }

  @Test("without source every answer is approximate and says why")
  func noSource() throws {
    let resolutions = try resolve(program, list, options: ResolveOptions(readsSource: false))
    for resolution in resolutions where resolution.status == .approximate {
      #expect(resolution.findings.contains { $0.kind == .noSource })
    }
    #expect(!resolutions.contains { $0.status == .ok })
  }

  @Test("a source tree elsewhere is found by its prefix")
  func prefix() throws {
    let moved = try Build(
      compiler: "gcc-12", options: ["-O2", "-g", "-ffile-prefix-map=\(checkout.path)/Fixtures=/gone"]
    ).compile("values.c", ["-no-pie"], in: scratch)
    let prefix = SourcePrefix(from: "/gone", to: checkout.appending(path: "Fixtures").path)
    let found = try resolve(moved, list, options: ResolveOptions(sourcePrefixes: [prefix]))
    #expect(found.contains { $0.status == .ok })
    #expect(try resolve(moved, list).allSatisfy { $0.status != .ok })
  }

  @Test("a path that no file has, lines outside of functions, misspelt names")
  func absences() throws {
    let text = """
      t:file nothere.c:1
      t:line values.c:1
      t:between values.c:\(try line(of: "long members(struct thing *t)") - 1)
      t:name values.c:\(try line(of: "use(t->id);")) tt, t->idd
      """
    let kinds = try resolve(program, text).map { $0.findings.map(\.kind.code) }
    #expect(kinds[0] == ["M113"])
    #expect(kinds[1] == ["M115"] && kinds[2] == ["M115"])
    #expect(Set(kinds[3]).isSuperset(of: ["M205", "M206"]))
  }

  private func line(of text: String) throws -> Int {
    let source = try String(
      contentsOf: checkout.appending(path: "Fixtures/resolve/values.c"), encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.firstIndex { $0.contains(text) } ?? 0) + 1
  }
}
