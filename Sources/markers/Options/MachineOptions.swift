import ArgumentParser
import MarkerJudge
import SystemPackage

/// What is known of the machine that the kernel runs on, where its patching of the text decides about a probe.
struct MachineOptions: ParsableArguments {
  @Option(
    name: .customLong("cpu"),
    help: ArgumentHelp(
      "Judge for the machine whose /proc/cpuinfo is FILE; 'unknown' takes nothing for granted.",
      valueName: "file"))
  var cpu: String?

  @Option(
    name: .customLong("running-text"),
    help: ArgumentHelp(
      "Judge the text of the running kernel: FILE holds its memory from _stext on.", valueName: "file"))
  var runningText: String?

  /// The assumptions that the options make.
  ///
  /// - Throws: when a file cannot be read or is no /proc/cpuinfo.
  func assumptions() throws(MachineOptionError) -> MachineAssumptions {
    var assumptions = MachineAssumptions.common
    if cpu == "unknown" {
      assumptions = .unknown
    } else if let cpu {
      guard let information = CpuInformation(String(decoding: try read(cpu), as: UTF8.self)) else {
        throw MachineOptionError(path: cpu, reason: "no line names the processor's flags")
      }
      assumptions = information.assumptions
    }
    if let runningText { assumptions.runningText = try read(runningText) }
    return assumptions
  }

  private func read(_ path: String) throws(MachineOptionError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      return try file.closeAfter { try file.readAll() }
    } catch {
      throw MachineOptionError(path: path, reason: "\(error)")
    }
  }
}

/// Why an option about the machine is of no use.
struct MachineOptionError: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): cannot read: \(reason)" }
}

extension FileDescriptor {
  /// The bytes up to the end of the file, which may be a pipe.
  func readAll() throws -> [UInt8] {
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = try piece.withUnsafeMutableBytes({ try read(into: $0) }), count > 0 {
      content += piece[..<count]
    }
    return content
  }
}
