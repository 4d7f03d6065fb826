import Elfutils

/// The names that a kernel's `regs_query_register_offset` knows, by DWARF register number.
enum RegisterNames {
  /// arch/x86/kernel/ptrace.c `regoffset_table`; numbers from the x86-64 psABI, figure 3.36.
  private static let x8664 = [
    "ax", "dx", "cx", "bx", "si", "di", "bp", "sp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
    "ip",
  ]
  /// arch/x86/kernel/ptrace.c; numbers from the i386 psABI, table 2.14.
  private static let x86 = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "ip"]
  /// arch/arm/kernel/ptrace.c `regoffset_table`; numbers from the DWARF for the Arm architecture (AADWARF32).
  private static let arm = [
    "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "fp", "ip", "sp", "lr", "pc",
  ]

  /// The tracefs name of a register, without `%`; nil when tracefs cannot fetch it (vector registers and such).
  static func name(_ number: UInt64, on machine: Machine) -> String? {
    guard let index = Int(exactly: number) else { return nil }
    switch machine {
    case .x8664: return x8664.indices.contains(index) ? x8664[index] : nil
    case .x86: return x86.indices.contains(index) ? x86[index] : nil
    case .arm: return arm.indices.contains(index) ? arm[index] : nil
    case .arm64: return index <= 30 ? "x\(index)" : index == 31 ? "sp" : nil
    case .other: return nil
    }
  }

  /// The DWARF number of the stack pointer; nil on a machine without a table.
  static func stackPointer(on machine: Machine) -> UInt64? {
    switch machine {
    case .x8664: 7
    case .x86: 4
    case .arm: 13
    case .arm64: 31
    case .other: nil
    }
  }
}
