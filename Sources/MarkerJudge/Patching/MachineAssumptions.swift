/// What is taken for granted about the machine that a kernel runs on, where its run-time patching of the text
/// decides about a probe.
public struct MachineAssumptions: Sendable, Hashable {
  /// Whether functions keep returning through a thunk, as CPUs with the Retbleed, SRSO or ITS mitigation make
  /// them; nil when that is not known, and verdicts then depend on it.
  public var returnThunks: Bool?
  /// CPU features present, as /proc/cpuinfo spells its flags; choices between code for them follow the set.
  public var cpuFlags: Set<String>
  /// Whether the flags are known of the machine, so that no verdict depends on them.
  public var areFlagsCertain: Bool
  /// Whether the kernel runs on one processor, which makes it replace LOCK prefixes.
  public var isUniprocessor: Bool

  public init(
    returnThunks: Bool? = false, cpuFlags: Set<String> = Self.commonFlags, areFlagsCertain: Bool = false,
    isUniprocessor: Bool = false
  ) {
    self.returnThunks = returnThunks
    self.cpuFlags = cpuFlags
    self.areFlagsCertain = areFlagsCertain
    self.isUniprocessor = isUniprocessor
  }

  /// A machine with several processors of the last decade, without return thunks; what depends on more is said
  /// to depend.
  public static let common = MachineAssumptions()

  /// Nothing known: verdicts that return thunks decide depend on them.
  public static let unknown = MachineAssumptions(returnThunks: nil)

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
