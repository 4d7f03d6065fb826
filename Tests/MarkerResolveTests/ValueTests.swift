import Foundation
import MarkerResolve
import Testing

/// One way to build a fixture.
struct Build: Sendable, CustomTestStringConvertible {
  let compiler: String
  let options: [String]

  var testDescription: String { ([compiler] + options).joined(separator: " ") }

  static let linked: [Build] =
    ["gcc-12", "clang-16"].flatMap { compiler in
      [["-gdwarf-5", "-O2"], ["-gdwarf-4", "-O2"], ["-gdwarf-5", "-O1"], ["-gdwarf-4", "-O3"]].map {
        Build(compiler: compiler, options: $0)
      }
    } + [Build(compiler: "gcc-12", options: ["-gdwarf-3", "-gno-strict-dwarf", "-Os"])]

  /// Compiles a fixture; returns the path of what the compiler wrote.
  func compile(_ fixture: String, _ extra: [String], in scratch: Scratch) throws -> String {
    let output = scratch.path("output")
    let source = checkout.appending(path: "Fixtures/resolve/\(fixture)").path
    try run([compiler] + options + extra + ["-o", output, source], in: scratch)
    return output
  }
}

@Suite("values, with gdb as witness")
struct ValueTests {
  @Test("what is fetched is what gdb prints", arguments: Build.linked)
  func values(_ build: Build) throws {
    let scratch = try Scratch()
    let program = try build.compile("values.c", ["-no-pie", "-fno-pie"], in: scratch)
    let resolutions = try resolve(program, try requests(in: "values.c"))
    #expect(resolutions.allSatisfy { !$0.sites.isEmpty })
    let readings = try Witness(scratch: scratch).readings(of: program, resolutions)
    let compared = readings.filter { $0.expected != nil }
    let wrong = compared.filter { $0.expected != $0.fetched }
    #expect(
      wrong.isEmpty,
      "\(wrong.map { "\($0): gdb \($0.expected ?? "-"), fetched \($0.fetched ?? "-")" }.joined(separator: "\n"))"
    )
    #expect(compared.count >= 45, "\(compared.count) compared of \(readings.count)")
  }
}
