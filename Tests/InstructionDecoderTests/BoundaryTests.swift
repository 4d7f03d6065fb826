import Foundation
import InstructionDecoder
import Testing

/// Compares instruction boundaries with `objdump -d` over a whole x86-64 image, which takes a minute: set
/// MARKERS_BOUNDARY_IMAGE to the path of the image, for example a kernel's vmlinux.
@Suite("boundaries agree with objdump")
struct BoundaryTests {
  static let image = ProcessInfo.processInfo.environment["MARKERS_BOUNDARY_IMAGE"]

  @Test("every instruction of a whole image", .enabled(if: image != nil))
  func wholeImage() throws {
    let decoder = try InstructionDecoder(architecture: .amd64)
    var count = 0
    var wrong: [String] = []
    try forEachLine(of: ["objdump", "-dw", try #require(Self.image)]) { line in
      guard let (address, bytes) = Self.parse(line) else { return }
      count += 1
      let padded = bytes + [UInt8](repeating: 0x90, count: 15)
      let decoded = decoder.decode(padded, at: address)?.byteCount
      let encoded = padded.withUnsafeBytes { X86Encoding($0, isLong: true)?.byteCount }
      if decoded != bytes.count || encoded != bytes.count {
        wrong.append(String(decoding: line, as: UTF8.self))
      }
    }
    #expect(count > 10_000)
    // What objdump itself does not decode, and "finit", which is two instructions (wait, fninit).
    let unexplained = wrong.filter { !$0.contains("(bad)") && !$0.contains(".byte") && !$0.contains("finit") }
    #expect(unexplained.filter { !$0.contains("\trex") }.isEmpty, "\(unexplained.prefix(20))")
  }

  /// An address and the bytes at it from a line such as "ffffffff81000000:\t48 8d 25 …\tlea …".
  private static func parse(_ line: ArraySlice<UInt8>) -> (UInt64, [UInt8])? {
    let fields = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2)
    guard fields.count >= 2, fields[0].last == UInt8(ascii: ":") else { return nil }
    let digits = fields[0].dropLast().drop { $0 == UInt8(ascii: " ") }
    let bytes = fields[1].split(separator: UInt8(ascii: " ")).compactMap {
      number($0).map(UInt8.init(truncatingIfNeeded:))
    }
    guard let address = number(digits), !bytes.isEmpty, bytes.count <= 15 else { return nil }
    return (address, bytes)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private func forEachLine(of command: [String], _ body: (ArraySlice<UInt8>) -> Void) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    var rest: [UInt8] = []
    while case let chunk = pipe.fileHandleForReading.availableData, !chunk.isEmpty {
      rest += chunk
      let lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for line in lines.dropLast() { body(line) }
      rest = Array(lines.last ?? [])
    }
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
