import Foundation
import Testing

/// `markers verdict`: the list of addresses and the forms of the answer, on a program of Fixtures/verdicts.
@Suite("verdicts on listed addresses")
struct VerdictTests {
  private let scratch: Scratch
  private let program: String

  init() throws {
    scratch = try Scratch()
    program = scratch.path("program")
    let source = checkout.appending(path: "Fixtures/verdicts/user-x86.S").path
    let arguments = ["-nostdlib", "-static", "-Wl,-Ttext=0x401000", "-o", program, source]
    try #require(try run(URL(filePath: "/usr/bin/gcc"), arguments).status == 0)
  }

  private func verdicts(_ list: String, _ options: String...) throws -> Run {
    let path = try scratch.write("list", list)
    return try run(markersProgram, ["verdict", program, "--addresses", path] + options)
  }

  @Test("addresses and symbols, comments, blanks and repetitions, in the order of the list")
  func forms() throws {
    let run = try verdicts(
      "401000\n0x401000 # the start\n\n  _start+0x0\r\n\t_start\nmodule:nop1+0\nhalt\nnop1+0",
      "--format", "csv")
    #expect(run.errors.isEmpty && run.status == 0)
    #expect(
      run.lines == [
        "addr,verdict,errno,reason,class", "401000,accepted,,,single-stepped",
        "0x401000,accepted,,,single-stepped", "_start+0x0,accepted,,,single-stepped",
        "_start,accepted,,,single-stepped", "module:nop1+0,accepted,,,emulated",
        "halt,refused,ENOTSUPP,rejected-instruction: the instruction is not stepped in user space,",
        "nop1+0,accepted,,,emulated",
      ])
  }

  @Test("a line that names no address is told with its place, and the others are judged")
  func badLines() throws {
    let run = try verdicts(
      "nop1\n  nosuch+4\nnop1+0xffffffffffffffff\n0x11112222333344445\nnop1+4+4\n", "--format", "csv")
    #expect(run.status == 2)
    let list = scratch.path("list")
    #expect(
      run.errors.split(separator: "\n") == [
        "markers: error: \(list):2:3: there is no symbol 'nosuch'",
        "markers: error: \(list):3:1: the offset leads beyond the last address",
        "markers: error: \(list):4:1: '0x11112222333344445' is neither an address nor symbol+offset",
        "markers: error: \(list):5:1: 'nop1+4+4' is neither an address nor symbol+offset",
      ])
    #expect(run.lines.count == 6)
    #expect(run.lines.dropFirst(2).allSatisfy { $0.contains(",unknown,,") })
  }

  @Test("addresses of nothing are refused, the highest too")
  func beyond() throws {
    let run = try verdicts("0\nffffffffffffffff\n", "--format", "csv")
    #expect(run.status == 0)
    #expect(run.lines.dropFirst().allSatisfy { $0.contains(",refused,EINVAL,not-mapped: ") })
  }

  @Test("an empty list has an empty answer in every format")
  func empty() throws {
    #expect(try verdicts("# nothing\n", "--format", "csv").output == "addr,verdict,errno,reason,class\n")
    #expect(try verdicts("", "--format", "text").output.isEmpty)
    let json = try verdicts("", "--format", "json")
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String] == [])
  }

  @Test("JSON says what CSV says")
  func json() throws {
    let run = try verdicts("halt\nmov_rip\n", "--format", "json")
    let rows = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
    let words = rows?.map { row in
      ["addr", "verdict", "errno", "class"].map { row[$0] as? String ?? "" }
    }
    #expect(
      words == [["halt", "refused", "ENOTSUPP", ""], ["mov_rip", "accepted", "", "single-stepped"]])
  }

  @Test("standard input, and a list that is not there")
  func sources() throws {
    let shell = URL(filePath: "/bin/sh")
    let piped = try run(
      shell, ["-c", "echo nop1 | \"$0\" verdict \"$1\" --addresses -", markersProgram.path, program])
    #expect(piped.output == "nop1  accepted emulated\n")
    let missing = try markers("verdict", program, "--addresses", scratch.path("none"))
    #expect(missing.status == 2 && missing.output.isEmpty)
    #expect(missing.errors.contains("/none: cannot read the addresses: "))
  }
}
