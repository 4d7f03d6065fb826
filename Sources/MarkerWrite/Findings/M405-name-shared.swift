public import MarkerScan

extension FindingKind {
  /// Several markers of one name.
  public static let nameShared = FindingKind(
    "M405", "name-shared", .note,
    summary: "several markers have the same provider and name",
    explanation: """
      Two places in the source carry a marker of the same provider and name. tracefs lets them be one event when
      their arguments agree in number, names and types; the event then fires at both places, and `__probe_ip` tells
      which. When they do not agree the later one becomes an event with a number behind its name.

      This is often meant (several exits of one function), and sometimes a copied line.

      ## Example

          MARKER(done, ret);      /* fs/a.c:10 */
          MARKER(done, ret);      /* fs/a.c:20 */

      are one event `done`. To tell them apart without the address, name them apart:

          MARKER(done_fast, ret);
          MARKER(done_slow, ret);
      """)
}

extension Finding {

  static func nameShared(_ record: MarkerRecord, with other: MarkerRecord, event: String) -> Finding {
    Finding(
      .nameShared,
      "marker '\(record.provider):\(record.name)' shares its name with another and is written as '\(event)'",
      notes: ["the other marker stands at \(other.file):\(other.line)"],
      help: "give one of them another name to tell their events apart")
  }
}
