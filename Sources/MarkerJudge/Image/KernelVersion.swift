/// A kernel's version, as far as rules depend on it.
public struct KernelVersion: Sendable, Hashable, Comparable {
  public let major: Int
  public let minor: Int

  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads the first "number.number" of a text such as "Linux version 6.1.0-56-cloud-amd64 …"; nil without one.
  init?(text: String) {
    for word in text.split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "\0" }) {
      let parts = word.split(separator: ".", maxSplits: 2).map { Int($0.prefix { $0.isNumber }) }
      if parts.count >= 2, let major = parts[0], let minor = parts[1] {
        self.init(major, minor)
        return
      }
    }
    return nil
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
