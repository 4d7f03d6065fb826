internal import MarkerResolve
internal import MarkerScan

extension DefinitionSet {
  /// The text for `kprobe_events` or `uprobe_events`: a comment and the definitions for each marker, and a
  /// comment for each that was skipped. Empty lines are avoided, and no line is longer than the kernel reads.
  ///
  /// - Parameter image: what the definitions were made from, for the first line.
  public func text(image: String) -> String {
    let written = markers.count { $0.skipped == nil }
    var lines = [
      comment("markers: \(image): \(written) of \(markers.count) markers, \(definitions.count) probes")
    ]
    for marker in markers { lines += marker.lines }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension MarkerDefinitions {
  fileprivate var lines: [String] {
    let record = resolution.record
    let place = "\(record.provider):\(record.name) \(record.file):\(record.line)"
    let kept = refused.flatMap { [comment("refused: \($0.reason)"), comment($0.definition.line)] }
    if let skipped { return [comment("skipped \(place): \(skipped)")] + kept }
    let copies = resolution.sites.map(\.shownPlace).joined(separator: ", ")
    return [comment("\(place) at \(copies)")] + remarks.map { comment("  \($0)") } + definitions.map(\.line)
      + kept
  }
}

/// A comment line: control characters are written out, and what does not fit the kernel's line is left off,
/// with an ellipsis to say so.
private func comment(_ text: String) -> String {
  let line = "# " + TextStyle.printable(text)
  guard line.utf8.count > TracefsLimits.lineByteCount else { return line }
  // A character that is cut in two becomes U+FFFD, which is at most two bytes longer than its rest.
  return String(decoding: line.utf8.prefix(TracefsLimits.lineByteCount - 5), as: UTF8.self) + "..."
}
