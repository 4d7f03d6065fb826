internal import MarkerResolve
internal import MarkerScan

/// Decides, once for a marker, how its arguments are named, and for each site which of them are written.
struct ArgumentPlan {
  /// The names in the order of the captures.
  let names: [String]
  private(set) var findings: [Finding] = []

  init(_ resolution: MarkerResolution) {
    let wished = (resolution.sites.first?.arguments ?? []).map(\.name)
    var names: [String] = []
    for (index, name) in wished.enumerated() {
      guard let problem = Self.problem(name, taken: names) else {
        names.append(name)
        continue
      }
      let substitute = Self.substitute(index, avoiding: Set(wished + names))
      findings.append(.argumentNameReplaced(name, by: substitute, because: problem))
      names.append(substitute)
    }
    self.names = names
  }

  /// Why the kernel refuses the name; nil when it takes it (`traceprobe_parse_probe_arg`).
  private static func problem(_ name: String, taken: [String]) -> String? {
    if !isIdentifier(name) { return "is no C identifier" }
    if name.utf8.count > TracefsLimits.argumentNameByteCount {
      return "has more than \(TracefsLimits.argumentNameByteCount) characters"
    }
    if TracefsLimits.reservedArgumentNames.contains(name) { return "is a name that tracefs keeps to itself" }
    if taken.contains(name) { return "names two arguments" }
    return nil
  }

  /// The kernel's own name for an unnamed argument, or the next one that is free.
  private static func substitute(_ index: Int, avoiding names: Set<String>) -> String {
    var number = index + 1
    while names.contains("arg\(number)") { number += 1 }
    return "arg\(number)"
  }

  /// The arguments that are written for a site, and why others are not.
  func arguments(
    of site: SiteResolution, options: DefinitionOptions, target: ProbeTarget
  ) -> (arguments: [ProbeArgument], remarks: [String], findings: [Finding]) {
    var arguments: [ProbeArgument] = []
    var remarks: [String] = []
    var findings: [Finding] = []
    for (name, resolution) in zip(names, site.arguments) {
      if let remark = Self.remark(resolution, options: options) { remarks.append(remark) }
      guard let fetch = resolution.fetch, Self.isWanted(resolution.status, options: options) else { continue }
      let argument = ProbeArgument(name: name, fetch: fetch.expression, type: fetch.type)
      if let finding = Self.finding(argument, expression: resolution.expression, target: target) {
        findings.append(finding)
        remarks.append("'\(resolution.expression)' left out: \(finding.message)")
      } else {
        arguments.append(argument)
        findings += Self.note(argument, expression: resolution.expression, target: target).map { [$0] } ?? []
      }
    }
    return (arguments, remarks, findings)
  }

  private static func isWanted(_ status: ResolutionStatus, options: DefinitionOptions) -> Bool {
    switch status {
    case .ok: true
    case .approximate: options.includesApproximate
    case .none: false
    }
  }

  private static func remark(_ argument: ArgumentResolution, options: DefinitionOptions) -> String? {
    let reason = argument.absence.map { $0.sentence } ?? "the value is not certain"
    switch argument.status {
    case .ok: return nil
    case .approximate where options.includesApproximate:
      return "'\(argument.expression)' is approximate: \(reason)"
    case .approximate, .none: return "'\(argument.expression)' left out: \(reason)"
    }
  }

  /// What keeps the argument from being written, nil when nothing does.
  private static func finding(
    _ argument: ProbeArgument, expression: String, target: ProbeTarget
  ) -> Finding? {
    guard let fetch = FetchSyntax(argument.fetch), let type = FetchTypeSyntax(argument.type) else {
      return .argumentUnwritable(expression, because: "'\(argument.text)' is no fetch argument")
    }
    if let reason = contradiction(fetch, type, target: target) {
      return .argumentUnwritable(expression, because: reason)
    }
    let byteCount = argument.fetch.utf8.count + 1 + argument.type.utf8.count
    if byteCount > TracefsLimits.argumentByteCount {
      return .argumentTooLong(expression, byteCount: byteCount)
    }
    let stepCount = fetch.stepCount + type.stepCount(of: fetch)
    if stepCount > TracefsLimits.fetchStepCount {
      return .argumentTooDeep(expression, stepCount: stepCount)
    }
    return nil
  }

  /// What an argument that is written needs of the kernel; nil when every kernel has it.
  private static func note(_ argument: ProbeArgument, expression: String, target: ProbeTarget) -> Finding? {
    guard case .module = target, case .symbol(let symbol) = FetchSyntax(argument.fetch)?.root else {
      return nil
    }
    return .needsKallsymsAll(expression, symbol: symbol)
  }

  /// What in expression and type the kernel would refuse, or take for another place.
  private static func contradiction(
    _ fetch: FetchSyntax, _ type: FetchTypeSyntax, target: ProbeTarget
  ) -> String? {
    if type.needsMemory && !fetch.readsMemory { return "strings and arrays are read from memory only" }
    if let count = type.count, count > TracefsLimits.elementCount {
      return "an array has at most \(TracefsLimits.elementCount) elements"
    }
    switch fetch.root {
    case .symbol where target.isUserSpace: return "'@symbol' is for the kernel only"
    case .fileOffset where !target.isUserSpace: return "'@+offset' is for programs only"
    case .symbol, .fileOffset, .register, .immediate, .variable, .address, .dereference: return nil
    }
  }
}
