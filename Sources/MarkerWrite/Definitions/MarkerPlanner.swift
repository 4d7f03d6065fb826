internal import MarkerResolve
internal import MarkerScan

/// Makes the definitions of one marker: names, places, arguments, events, in this order.
struct MarkerPlanner {
  private let resolution: MarkerResolution
  private let target: ProbeTarget
  private let options: DefinitionOptions
  private let argumentPlan: ArgumentPlan

  init(_ resolution: MarkerResolution, target: ProbeTarget, options: DefinitionOptions) {
    self.resolution = resolution
    self.target = target
    self.options = options
    argumentPlan = ArgumentPlan(resolution)
  }

  func plan(_ events: inout EventTable) -> MarkerDefinitions {
    if let finding = EventName.finding(resolution.record, target: target) ?? pathFinding {
      return skipped(finding.message, [finding])
    }
    if let reason = statusReason { return skipped(reason, []) }
    let copies = resolution.sites.map(makeCopy)
    let gaps = copies.filter { $0.gap != nil }
    let gapFindings = self.gapFindings(gaps, of: copies.count)
    if let reason = gaps.first?.gap, gaps.count == copies.count || !options.includesApproximate {
      let message = gaps.count == copies.count ? reason : gapFindings.last?.message ?? reason
      return skipped(message, gapFindings, refused: copies.compactMap(refusedDefinition))
    }
    let written = copies.filter { $0.gap == nil }
    let sharedFindings = argumentPlan.findings + written.flatMap(\.findings)
    if let finding = written.lazy.compactMap(limitFinding).first {
      return skipped(finding.message, sharedFindings + gapFindings + [finding])
    }
    return assignEvents(written, copies: copies, findings: sharedFindings + gapFindings, &events)
  }

  // MARK: Copies

  /// One site with what is written for it.
  private struct Copy {
    let site: SiteResolution
    let place: String?
    let arguments: [ProbeArgument]
    let remarks: [String]
    let findings: [Finding]
    /// Why the site is not written: a finding without a name for the place, or the kernel's refusal.
    let gap: String?
    let isRefused: Bool
  }

  private func makeCopy(_ site: SiteResolution) -> Copy {
    let place = target.isUserSpace || site.place != nil ? target.place(of: site) : nil
    let arguments = argumentPlan.arguments(of: site, options: options, target: target)
    let refusal = options.verdicts[site.address]?.gap
    let unnamed = place == nil ? Finding.placeUnnamed(site, target: target) : nil
    return Copy(
      site: site, place: place, arguments: arguments.arguments, remarks: arguments.remarks,
      findings: arguments.findings, gap: unnamed?.message ?? refusal,
      isRefused: unnamed == nil && refusal != nil)
  }

  private func gapFindings(_ gaps: [Copy], of count: Int) -> [Finding] {
    let unnamed = gaps.filter { !$0.isRefused }.map { Finding.placeUnnamed($0.site, target: target) }
    guard let reason = gaps.first?.gap, gaps.count < count else { return unnamed }
    return unnamed + [.copiesIncomplete(gaps.count, of: count, because: reason)]
  }

  private func refusedDefinition(_ copy: Copy) -> (definition: ProbeDefinition, reason: String)? {
    guard options.keepsRefused, copy.isRefused, let place = copy.place, let reason = copy.gap else {
      return nil
    }
    return (definition(copy, place: place, event: resolution.record.name), reason)
  }

  private func definition(_ copy: Copy, place: String, event: String) -> ProbeDefinition {
    ProbeDefinition(
      group: resolution.record.provider, event: event, place: place, arguments: copy.arguments,
      address: copy.site.address)
  }

  // MARK: Reasons

  private var pathFinding: Finding? {
    guard case .userFile(let path, _) = target else { return nil }
    let isPlain = path.unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value != 0x7F && !"#;".unicodeScalars.contains($0)
    }
    return isPlain && path.contains("/") && TextStyle.printable(path) == path ? nil : .pathUnwritable(path)
  }

  /// Why the marker's status keeps it from being written; nil when it does not.
  private var statusReason: String? {
    let messages = resolution.doubts
    switch resolution.status {
    case .none: return messages.isEmpty ? "no address was found" : messages.joined(separator: "; ")
    case .approximate where !options.includesApproximate:
      return "approximate: "
        + (messages.isEmpty ? "not every copy could be shown" : messages.joined(separator: "; "))
    case .ok, .approximate: return resolution.sites.isEmpty ? "no address was found" : nil
    }
  }

  private func limitFinding(_ copy: Copy) -> Finding? {
    let byteCounts = copy.arguments.compactMap { FetchTypeSyntax($0.type)?.byteCount(addressByteCount: 8) }
    let byteCount = byteCounts.reduce(0, +)
    if byteCount > TracefsLimits.recordByteCount { return .recordTooLarge(byteCount) }
    // The event's name may still get a number.
    let line = definition(copy, place: copy.place ?? "", event: resolution.record.name + "_00").line
    return line.utf8.count > TracefsLimits.lineByteCount ? .lineTooLong(line.utf8.count) : nil
  }

  // MARK: Events

  private func assignEvents(
    _ written: [Copy], copies: [Copy], findings: [Finding], _ events: inout EventTable
  ) -> MarkerDefinitions {
    var findings = findings
    var definitions: [ProbeDefinition] = []
    var names: [String] = []
    var other: MarkerRecord?
    for copy in written {
      guard let place = copy.place else { continue }
      let assignment = events.assign(place: place, arguments: copy.arguments, of: resolution.record)
      guard let name = assignment.name else {
        let finding = Finding.eventNameInvalid(
          "name", resolution.record.name, because: "leaves no room for the number of a copy's event")
        return skipped(finding.message, findings + [finding])
      }
      if !names.contains(name) { names.append(name) }
      other = other ?? assignment.other
      if !assignment.isRepeated { definitions.append(definition(copy, place: place, event: name)) }
    }
    if names.count > 1 { findings.append(.copiesDisagree(resolution.record.name, events: names)) }
    if let other, let name = names.first {
      findings.append(.nameShared(resolution.record, with: other, event: name))
    }
    return MarkerDefinitions(
      resolution: resolution, definitions: definitions, skipped: nil,
      remarks: remarks(written, copies: copies),
      refused: copies.compactMap(refusedDefinition), findings: ordered(findings))
  }

  // MARK: Results

  private func skipped(
    _ reason: String, _ findings: [Finding], refused: [(definition: ProbeDefinition, reason: String)] = []
  ) -> MarkerDefinitions {
    MarkerDefinitions(
      resolution: resolution, definitions: [], skipped: reason, remarks: [], refused: refused,
      findings: ordered(findings))
  }

  /// What all copies share is said once, what some have is said with their places.
  private func remarks(_ written: [Copy], copies: [Copy]) -> [String] {
    var order: [String] = []
    var places: [String: [String]] = [:]
    for copy in written {
      // Two values of one spelling are left out in the same words.
      var said: Set<String> = []
      for remark in copy.remarks where said.insert(remark).inserted {
        if places[remark] == nil { order.append(remark) }
        places[remark, default: []].append(copy.site.shownPlace)
      }
    }
    let doubts = resolution.status == .approximate ? resolution.doubts.map { "approximate: \($0)" } : []
    let gaps = copies.compactMap { copy in copy.gap.map { "no probe at \(copy.site.shownPlace): \($0)" } }
    return doubts + gaps
      + order.map { remark in
        let holders = places[remark] ?? []
        return holders.count == written.count ? remark : "at \(holders.joined(separator: ", ")): \(remark)"
      }
  }

  private func ordered(_ findings: [Finding]) -> [Finding] {
    var seen: Set<Finding> = []
    return findings.filter { seen.insert($0).inserted }
      .sorted { ($0.kind.code, $0.message) < ($1.kind.code, $1.message) }
  }
}

extension MarkerResolution {
  /// What keeps the marker from being ok: the findings on its sites (M1xx) that are more than notes. Those on its
  /// values stand with the arguments.
  fileprivate var doubts: [String] {
    findings.filter { $0.kind.level > .note && $0.kind.code.hasPrefix("M1") }.map(\.message)
  }
}

extension SiteResolution {
  /// The place for people: `vfs_read+0x1a`, else the address.
  var shownPlace: String {
    guard let place else { return "0x" + String(address, radix: 16) }
    return "\(place.symbol)+0x" + String(place.offset, radix: 16)
  }
}
