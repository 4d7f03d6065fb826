/// Why what the debugging information says need not be the value at the marker.
struct ValueDoubt {
  let reason: String
  /// Whether the code shows another moment's value, or speaks for one; such a value is not offered. Else it is
  /// nearly always right.
  let isRefuted: Bool

  static func possible(_ reason: String) -> Self { ValueDoubt(reason: reason, isRefuted: false) }
  static func refuted(_ reason: String) -> Self { ValueDoubt(reason: reason, isRefuted: true) }
}
