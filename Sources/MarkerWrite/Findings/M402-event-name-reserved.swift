public import MarkerScan

extension FindingKind {
  /// A name that the kernel takes but cannot show.
  public static let eventNameReserved = FindingKind(
    "M402", "event-name-reserved", .error,
    summary: "the kernel takes the event, but can make no directory for it",
    explanation: """
      An event is switched on in its directory, `events/PROVIDER/NAME/`. Where a file of that name stands already,
      the kernel takes the definition without an error, logs `Could not create tracefs 'enable' directory`, and the
      event can never be enabled. This is so for the names `enable` and `filter`, and for the providers `enable`,
      `header_event`, `header_page` and `TRACE_SYSTEM`. Linux 6.1 was asked.

      ## Example

          MARKER(enable, dev->id);

      should be

          MARKER(dev_enable, dev->id);
      """)
}

extension Finding {

  static func eventNameReserved(_ role: String, _ name: String) -> Finding {
    Finding(
      .eventNameReserved,
      "the \(role) '\(name)' is a file of the tracefs directory where the event would stand",
      help: "choose another \(role)")
  }
}
