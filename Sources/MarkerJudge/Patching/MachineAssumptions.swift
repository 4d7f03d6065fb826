/// What is taken for granted about the machine that a kernel runs on, where its run-time patching of the text
/// decides about a probe.
public struct MachineAssumptions: Sendable, Hashable {
  /// Whether functions keep returning through a thunk, as CPUs with the Retbleed, SRSO or ITS mitigation make
  /// them; nil when that is not known, and verdicts then depend on it.
  public var returnThunks: Bool?
  /// CPU features and bugs present, as /proc/cpuinfo spells them; choices between code for them follow the set.
  public var cpuFlags: Set<String>
  /// Whether the flags are known of the machine, so that no verdict depends on them.
  public var areFlagsCertain: Bool
  /// How many processors the kernel booted on, which decides about LOCK prefixes; nil when that is not known.
  public var processors: Int?
  /// The text of the running kernel from `_stext` on, which settles what patching made of it; nil when not at hand.
  public var runningText: [UInt8]?

  public init(
    returnThunks: Bool? = false, cpuFlags: Set<String> = Self.commonFlags, areFlagsCertain: Bool = false,
    processors: Int? = 2, runningText: [UInt8]? = nil
  ) {
    self.returnThunks = returnThunks
    self.cpuFlags = cpuFlags
    self.areFlagsCertain = areFlagsCertain
    self.processors = processors
    self.runningText = runningText
  }

  /// A machine with several processors of the last decade, without return thunks; what depends on more is said
  /// to depend.
  public static let common = MachineAssumptions()

  /// Nothing known: verdicts that return thunks or the number of processors decide depend on them.
  public static let unknown = MachineAssumptions(returnThunks: nil, processors: nil)

  /// The flags of x86-64-v3 processors with supervisor-mode access prevention, and the atomics of Armv8.1.
  public static let commonFlags: Set<String> = [
    "fpu", "vme", "de", "pse", "tsc", "msr", "pae", "mce", "cx8", "apic", "sep", "mtrr", "pge", "mca", "cmov",
    "pat", "pse36", "clflush", "mmx", "fxsr", "sse", "sse2", "ht", "syscall", "nx", "pdpe1gb", "rdtscp", "lm",
    "constant_tsc", "rep_good", "nopl", "cpuid", "pni", "pclmulqdq", "ssse3", "fma", "cx16", "sse4_1",
    "sse4_2",
    "movbe", "popcnt", "aes", "xsave", "avx", "f16c", "rdrand", "lahf_lm", "abm", "3dnowprefetch", "fsgsbase",
    "bmi1", "avx2", "smep", "bmi2", "erms", "invpcid", "rdseed", "adx", "smap", "clflushopt", "clwb",
    "xsaveopt",
    "xsavec", "xgetbv1", "rdpid", "umip", "atomics",
  ]
}
