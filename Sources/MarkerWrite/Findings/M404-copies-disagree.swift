public import MarkerScan

extension FindingKind {
  /// Copies whose arguments differ.
  public static let copiesDisagree = FindingKind(
    "M404", "copies-disagree", .note,
    summary: "copies of the marker have different arguments and become separate events",
    explanation: """
      A marker in an inlined or cloned function is reached at several addresses. They share one event when their
      arguments agree in number, names and types, which tracefs demands (`trace_probe_compare_arg_type`). Where a
      variable has no value at some of the copies, these copies become an event of their own, with a number behind
      the name: `provider:name`, `provider:name_2`, … Enable all of them, for instance with the group's `enable`.

      No argument is dropped where it has a value, and none is filled in where it has none.

      ## Example

          p:block/start _text+0x40f1a0 rq=%di:x64 tag=+204(%di):s32
          p:block/start_2 _text+0x40f8c4 rq=%bx:x64

      Here `tag` is optimised out at the second copy. `markers resolve` tells why for each copy.
      """)
}

extension Finding {

  static func copiesDisagree(_ name: String, events: [String]) -> Finding {
    Finding(
      .copiesDisagree,
      "the copies of marker '\(name)' differ in their arguments and become \(events.count) events",
      notes: ["the events are " + events.map { "'\($0)'" }.joined(separator: ", ")],
      help: "enable all of them to see every hit")
  }
}
