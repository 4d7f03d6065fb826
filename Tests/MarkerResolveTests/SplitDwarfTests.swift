import Foundation
import MarkerResolve
import Testing

/// Programs whose entries are in `.dwo` files beside the image.
@Suite("split DWARF")
struct SplitDwarfTests {
  private let scratch: Scratch
  private let list: String

  init() throws {
    scratch = try Scratch()
    list = try requests(in: "values.c")
  }

  /// Compiles and links in two steps, because the `.dwo` file is named after the object.
  private func program(_ compiler: String, _ version: Int, _ extra: String...) throws -> String {
    let source = checkout.appending(path: "Fixtures/resolve/values.c").path
    let options = ["-O2", "-g", "-gdwarf-\(version)", "-fno-pie"]
    try run([compiler] + options + extra + ["-c", source, "-o", "values.o"], in: scratch)
    try run([compiler, "-no-pie", "values.o", "-o", "values"], in: scratch)
    return scratch.path("values")
  }

  @Test(
    "a split program is resolved like a whole one",
    arguments: [("gcc-12", 4), ("gcc-12", 5), ("clang-16", 4), ("clang-16", 5)])
  func split(_ compiler: String, _ version: Int) throws {
    let expected = try resolve(try program(compiler, version), list)
    #expect(expected.contains { $0.status == .ok })
    let found = try resolve(try program(compiler, version, "-gsplit-dwarf"), list)
    for (found, expected) in zip(found, expected) { #expect(found == expected) }
  }

  @Test("a split file that is gone, and one from another build, are one clear finding", arguments: [4, 5])
  func missing(_ version: Int) throws {
    let image = try program("gcc-12", version, "-gsplit-dwarf")
    let split = URL(filePath: scratch.path("values.dwo"))
    try run(
      "gcc-12", "-gdwarf-\(version)", "-gsplit-dwarf", "-O1", "-DOTHER", "-c", "-o", "other.o", source,
      in: scratch)
    try FileManager.default.removeItem(at: split)
    for replacement in [nil, "other.dwo"] {
      if let replacement { try run("mv", replacement, "values.dwo", in: scratch) }
      for resolution in try resolve(image, list) {
        #expect(resolution.status == .none && resolution.sites.isEmpty)
        #expect(resolution.findings.map(\.kind.code) == ["M123"])
        #expect(resolution.findings.allSatisfy { $0.message.contains("'values.dwo', which cannot be found") })
      }
    }
  }

  @Test("a package of split files is named, and said not to be read", arguments: [4, 5])
  func package(_ version: Int) throws {
    let image = try program("clang-16", version, "-gsplit-dwarf")
    try run("llvm-dwp-16", "-e", image, "-o", "\(image).dwp", in: scratch)
    try FileManager.default.removeItem(atPath: scratch.path("values.dwo"))
    for resolution in try resolve(image, list) {
      #expect(resolution.status == .none && resolution.sites.isEmpty)
      #expect(resolution.findings.map(\.kind.code) == ["M123"])
      #expect(resolution.findings.first?.notes == ["the package '\(image).dwp' is not read"])
    }
  }

  @Test("where only one of two units has its split file, the answer is approximate and says so")
  func partlyMissing() throws {
    try scratch.write(
      "shared.h", "static inline long twice(long v) {\n  long r = v * 2;\n  return r + 1;\n}\n")
    for name in ["one", "two"] {
      let body = "#include \"shared.h\"\n__attribute__((noipa)) long \(name)(long v) { return twice(v); }\n"
      try scratch.write("\(name).c", body)
      try run("gcc-12", "-g", "-O2", "-gsplit-dwarf", "-c", "\(name).c", in: scratch)
    }
    try scratch.write("main.c", "long one(long), two(long);\nint main(int c) { return one(c) + two(c); }\n")
    try run("gcc-12", "-g", "main.c", "one.o", "two.o", "-o", "both", in: scratch)
    let marker = "t:m shared.h:3 v"
    #expect(try resolve(scratch.path("both"), marker)[0].sites.count == 2)
    try FileManager.default.removeItem(atPath: scratch.path("two.dwo"))
    let partial = try resolve(scratch.path("both"), marker)[0]
    #expect(partial.status == .approximate && partial.sites.count == 1)
    #expect(partial.findings.contains { $0.kind == .splitFileMissing && $0.message.contains("'two.dwo'") })
  }

  private var source: String { checkout.appending(path: "Fixtures/resolve/values.c").path }
}
