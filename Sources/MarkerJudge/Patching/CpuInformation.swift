/// What a machine's /proc/cpuinfo says about the choices that its kernel makes when it patches its text.
public struct CpuInformation: Sendable, Hashable {
  /// The flags of the first processor.
  public let flags: Set<String>
  /// The vulnerabilities that the kernel knows of the first processor.
  public let bugs: Set<String>
  public let vendor: String
  /// How many processors it lists.
  public let processors: Int

  /// Reads the text of /proc/cpuinfo; nil when it names no flags.
  public init?(_ text: String) {
    var fields: [Substring: Substring] = [:]
    var processors = 0
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = line[..<colon].prefix { $0 != "\t" }
      if name == "processor" { processors += 1 }
      if fields[name] == nil { fields[name] = line[line.index(after: colon)...] }
    }
    func words(_ name: Substring) -> Set<String> {
      Set((fields[name] ?? "").split(separator: " ").map(String.init))
    }
    flags = words("flags").union(words("Features"))
    bugs = words("bugs")
    vendor = words("vendor_id").first ?? ""
    self.processors = processors
    if flags.isEmpty { return nil }
  }

  /// The assumptions for this machine under its kernel's defaults.
  public var assumptions: MachineAssumptions {
    MachineAssumptions(
      returnThunks: keepsReturnThunks, cpuFlags: flags.union(bugs), areFlagsCertain: true,
      processors: processors)
  }

  /// arch/x86/kernel/cpu/bugs.c: the mitigations of SRSO and ITS, and that of Retbleed on AMD and Hygon processors,
  /// work through the return thunk.
  private var keepsReturnThunks: Bool {
    let isAMD = vendor == "AuthenticAMD" || vendor == "HygonGenuine"
    return bugs.contains("its") || isAMD && !bugs.isDisjoint(with: ["srso", "retbleed"])
  }
}
