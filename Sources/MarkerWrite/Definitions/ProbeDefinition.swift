/// One line for `kprobe_events` or `uprobe_events` (Documentation/trace/kprobetrace.rst).
///
/// Every part was checked when it was made: nothing in it can end the line or begin a comment.
public struct ProbeDefinition: Sendable, Hashable {
  /// The marker's provider.
  public let group: String
  /// The marker's name, with a number when copies of a marker need events of their own.
  public let event: String
  /// `_text+0x1a2b`, `MODULE:symbol+0x1a` or `/path/to/file:0x1a2b`.
  public let place: String
  public let arguments: [ProbeArgument]
  /// The link address of the site.
  public let address: UInt64

  /// The definition without its newline.
  public var line: String {
    (["p:\(group)/\(event)", place] + arguments.map(\.text)).joined(separator: " ")
  }

  /// What all probes of one event must agree in (`trace_probe_compare_arg_type`): names and types, in order.
  var signature: [String] { arguments.map { "\($0.name):\($0.type)" } }
}

/// One argument of a definition.
public struct ProbeArgument: Sendable, Hashable {
  public let name: String
  public let fetch: String
  public let type: String

  /// `name=fetch:type`
  public var text: String { "\(name)=\(fetch):\(type)" }
}
