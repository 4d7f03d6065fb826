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
    } + [Build(compiler: "gcc-12", options: ["-gdwarf-3", "-gno-strict-dwarf", "-Os"]), narrow]

  /// Pairs of registers and 32-bit pointers.
  static let narrow = Build(compiler: "gcc-12", options: ["-gdwarf-5", "-O2", "-m32"])

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
    #expect(try compare("values.c", build) >= 45)
  }

  @Test("so is what the compiler keeps nowhere as such", arguments: Build.linked)
  func optimised(_ build: Build) throws {
    #expect(try compare("optimised.c", build) >= 9)
  }

  /// Compares every value of a fixture's markers at their first hits; returns how many there are.
  private func compare(_ fixture: String, _ build: Build) throws -> Int {
    let scratch = try Scratch()
    let program = try build.compile(fixture, ["-no-pie", "-fno-pie"], in: scratch)
    let resolutions = try resolve(program, try requests(in: fixture))
    #expect(resolutions.allSatisfy { !$0.sites.isEmpty })
    let syntax = GdbSyntax(registerPrefix: build.options.contains("-m32") ? "e" : "r")
    let readings = try Witness(scratch: scratch, gdb: syntax).readings(of: program, resolutions)
    let compared = readings.filter { $0.expected != nil }
    let wrong = compared.filter { $0.expected != $0.fetched }
    #expect(
      wrong.isEmpty,
      "\(wrong.map { "\($0): gdb \($0.expected ?? "-"), fetched \($0.fetched ?? "-")" }.joined(separator: "\n"))"
    )
    return compared.count
  }
}
