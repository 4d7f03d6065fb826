import CSource
import InstructionDecoder

/// What the instructions that wrote the register last say against a list without views.
extension RegisterOrder {
  /// - Parameters:
  ///   - written: the instructions that may have written the register last.
  ///   - isEntered: whether none has on some way from the function's entry.
  func ofOtherLines(_ register: UInt64, _ written: Set<Int>, isEntered: Bool) -> ValueDoubt? {
    if let initial = assignments.initial, !isEntered, !written.isEmpty, written.allSatisfy(isUpdate) {
      return .refuted(
        "no way to the probe keeps what line \(initial.lines.lowerBound) assigns, past the loop behind it")
    }
    return foreign(written, register).map {
      .refuted("its register is computed by line \($0), which does not assign it")
    }
  }

  /// An update that control always passes last, and that has an instruction: another one that computes the register is
  /// not it, and its value is from before.
  func older(_ place: WrittenPlace, _ register: UInt64, _ written: Set<Int>) -> ValueDoubt? {
    func isOfPlace(_ index: Int) -> Bool {
      lines.line(of: graph.instructions[index].address).map(place.lines.contains) ?? false
    }
    guard place.isUpdate, written.contains(where: isOfPlace) else { return nil }
    let isOlder = written.contains { index in
      let instruction = graph.instructions[index]
      return !isOfPlace(index) && instruction.isKnown && instruction.memoryAccess.isEmpty
        && !graph.calls(instruction) && instruction.computes(register)
    }
    guard isOlder else { return nil }
    return .refuted("line \(place.lines.lowerBound) changes it last, and some way to the probe is without it")
  }

  /// Whether an instruction belongs to a line that updates the variable.
  private func isUpdate(_ index: Int) -> Bool {
    guard let line = lines.line(of: graph.instructions[index].address) else { return false }
    return assignments.all.contains { $0.isUpdate && $0.lines.contains(line) }
  }

  /// The line that computes the register, when every instruction that may have written it last does so for a statement
  /// that does not assign the variable.
  private func foreign(_ written: Set<Int>, _ register: UInt64) -> Int? {
    let computing = written.map { index -> Int? in
      let instruction = graph.instructions[index]
      guard instruction.isKnown, instruction.memoryAccess.isEmpty, !graph.calls(instruction),
        instruction.computes(register), case .inside = lines.view(of: instruction.address),
        let line = lines.line(of: instruction.address), line > 0
      else { return nil }
      return assignments.all.contains { $0.lines.contains(line) } ? nil : line
    }
    guard computing.allSatisfy({ $0 != nil }) else { return nil }
    return computing.compactMap(\.self).min()
  }
}

extension Instruction {
  /// Whether the register's new value is made of its old one or of several registers: no copy.
  fileprivate func computes(_ register: UInt64) -> Bool {
    let read = registersRead.general
    return read & (1 << UInt32(register)) != 0 || read.nonzeroBitCount > 1
  }
}
