/// The limits of Docs/record-format.md, which hold for records and for marker lists.
public enum RecordLimit {
  /// One record with its NUL, or one line of a list.
  public static let byteCount = 65_536
  /// A provider or a marker's name.
  public static let nameByteCount = 63
  public static let fileByteCount = 4_095
  public static let lines = 1...2_147_483_647
  public static let labelByteCount = 31
  public static let elementCounts = 1...64
  public static let captureCount = 128
}
