/// The stable names of the rules by which kernels refuse probes; Docs/kernel-rules.md explains each.
public enum RuleName: String, Sendable, Hashable, CaseIterable {
  // Kernel probes, in the order of the checks.
  case noKprobes = "no-kprobes"
  case notrace
  case initText = "init-text"
  case notText = "not-text"
  case ftraceLocation = "ftrace-location"
  case blacklist
  case jumpLabel = "jump-label"
  case staticCall = "static-call"
  case bugTable = "bug-table"
  case cfiPreamble = "cfi-preamble"
  case moduleInitText = "module-init-text"
  case notInstructionBoundary = "not-instruction-boundary"
  case trapInstruction = "trap-instruction"
  case uncopyable = "uncopyable"
  case notEmulated = "not-emulated"
  case misaligned
  case exceptionTable = "exception-table"
  case rejectedInstruction = "rejected-instruction"
  case exclusiveSequence = "exclusive-sequence"
  case stackStore = "stack-store"
  // User probes.
  case notMapped = "not-mapped"
  case breakpoint
  case undecodable
  case refusedPrefix = "refused-prefix"

  /// The thing that the rule is about, as a noun with its article.
  var noun: String {
    switch self {
    case .noKprobes: "a kernel without probes"
    case .notrace: "a function that cannot be traced"
    case .initText, .moduleInitText: "initialisation code"
    case .notText: "no code"
    case .ftraceLocation: "ftrace"
    case .blacklist: "the blacklist"
    case .jumpLabel: "a jump label"
    case .staticCall: "a static call"
    case .bugTable: "the bug table"
    case .cfiPreamble: "the function's preamble"
    case .notInstructionBoundary: "the middle of an instruction"
    case .trapInstruction, .breakpoint: "a trap"
    case .uncopyable, .notEmulated, .rejectedInstruction: "an instruction that takes no probe"
    case .misaligned: "no aligned instruction"
    case .exceptionTable: "the exception table"
    case .exclusiveSequence: "an exclusive sequence"
    case .stackStore: "a store below the stack pointer"
    case .notMapped: "no file content"
    case .undecodable: "no instruction"
    case .refusedPrefix: "an instruction prefix"
    }
  }
}
