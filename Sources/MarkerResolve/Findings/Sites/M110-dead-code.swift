public import MarkerScan

extension FindingKind {
  /// A marker whose code was removed.
  public static let deadCode = FindingKind(
    "M110", "dead-code", .warning,
    summary: "the compiler removed the code at the marker: it is never reached",
    explanation: """
      The marker's block has no code in any body of its function. The compiler showed that it cannot be
      reached (the condition is constant in this configuration, `IS_ENABLED()` of an option that is off), or
      everything in it had no effect. No event would ever happen, so none is written.

      Check the configuration of the kernel. For a block whose statements have no effect of their own, put the
      marker behind something that does.

      ## Example

          if (IS_ENABLED(CONFIG_NUMA))
                  MARKER(node, nid);

      has no code in a kernel without `CONFIG_NUMA`.
      """)
}
