import CCapstone

/// Maps Capstone's register ids to ``Register``, built from Capstone's register names.
struct RegisterNames {
  private let registers: [RegisterSet]

  init(handle: csh, instructionSet: InstructionSet) {
    let count: UInt32
    switch instructionSet {
    case .amd64, .i386: count = X86_REG_ENDING.rawValue
    case .arm64: count = ARM64_REG_ENDING.rawValue
    case .arm, .thumb: count = ARM_REG_ENDING.rawValue
    }
    registers = (0..<count).map { id in
      guard let name = cs_reg_name(handle, id) else { return RegisterSet() }
      return Self.registers(named: String(cString: name), instructionSet)
    }
  }

  subscript(id: UInt32) -> RegisterSet {
    id < registers.count ? registers[Int(id)] : RegisterSet()
  }

  private static func registers(named name: String, _ instructionSet: InstructionSet) -> RegisterSet {
    var set = RegisterSet()
    switch instructionSet {
    case .amd64, .i386:
      if let register = x86Register(name, isLong: instructionSet == .amd64) { set.insert(register) }
    case .arm64:
      if let register = arm64Register(name) { set.insert(register) }
    case .arm, .thumb:
      for register in armRegisters(name) { set.insert(register) }
    }
    return set
  }

  /// psABI x86-64, figure "DWARF Register Number Mapping"; i386 psABI likewise.
  private static func x86Register(_ name: String, isLong: Bool) -> Register? {
    if name == "eflags" || name == "rflags" { return .flags }
    for prefix in ["xmm", "ymm", "zmm"] {
      if let index = number(name, after: prefix) { return .vector(index) }
    }
    if let number = number(String(name.prefix { $0.isNumber || $0 == "r" }), after: "r") {
      return .general(number)
    }
    let long = ["ax", "dx", "cx", "bx", "si", "di", "bp", "sp"]
    let short = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"]
    let base = x86Base(name)
    return (isLong ? long : short).firstIndex(of: base).map { .general($0) }
  }

  /// The 16-bit name of a legacy register: rax, eax, al and ah are all "ax".
  private static func x86Base(_ name: String) -> String {
    if name.count == 3, let first = name.first {
      return first == "r" || first == "e" ? String(name.dropFirst()) : String(name.dropLast())
    }
    if name.count == 2, let last = name.last, last == "l" || last == "h" { return "\(name.prefix(1))x" }
    return name
  }

  private static func arm64Register(_ name: String) -> Register? {
    switch name {
    case "sp", "wsp": return .general(31)
    case "fp": return .general(29)
    case "lr": return .general(30)
    case "nzcv": return .flags
    default: break
    }
    if let number = number(name, after: "x") ?? number(name, after: "w") { return .general(number) }
    for prefix in ["v", "q", "d", "s", "h", "b"] {
      if let index = number(name, after: prefix) { return .vector(index) }
    }
    return nil
  }

  private static func armRegisters(_ name: String) -> [Register] {
    let aliases = ["sb": 9, "sl": 10, "fp": 11, "ip": 12, "sp": 13, "lr": 14, "pc": 15]
    if let number = aliases[name] ?? number(name, after: "r") { return [.general(number)] }
    if let index = number(name, after: "d") { return [.vector(index)] }
    if let index = number(name, after: "s") { return [.vector(index / 2)] }
    if let index = number(name, after: "q") { return [.vector(2 * index), .vector(2 * index + 1)] }
    return ["apsr", "apsr_nzcv", "cpsr"].contains(name) ? [.flags] : []
  }

  private static func number(_ name: String, after prefix: String) -> Int? {
    name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
  }
}
