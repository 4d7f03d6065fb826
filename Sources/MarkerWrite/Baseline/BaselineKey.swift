internal import MarkerScan

/// What stays of a finding when lines and addresses move.
public struct BaselineKey: Sendable, Hashable, Comparable {
  /// The marker as "provider:name", or the input that the finding is on.
  public let subject: String
  public let code: String
  /// The message with every number as `#`.
  public let message: String

  public init(subject: String, code: String, message: String) {
    self.subject = subject
    self.code = code
    self.message = Self.withoutNumbers(message)
  }

  init(_ entry: LintEntry) {
    let subject =
      switch entry.subject {
      case .marker(let marker, _): marker.title
      case .located(.text(let path, _, _)): path
      case .located(.section(let image, let section, _)): "\(image)(\(section))"
      }
    self.init(subject: subject, code: entry.finding.kind.code, message: entry.finding.message)
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.subject, left.code, left.message) < (right.subject, right.code, right.message)
  }

  /// Lines, offsets, addresses, counts and the numbers of clones change with every build: a run of digits that is no
  /// part of an identifier becomes `#`, and so does `0x` with its digits.
  static func withoutNumbers(_ text: String) -> String {
    var result: [UInt8] = []
    var word: [UInt8] = []
    func flush() {
      let isNumber = word.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
      result += isNumber ? [UInt8(ascii: "#")] : word
      word = []
    }
    for byte in text.utf8 {
      if isWord(byte) {
        word.append(byte)
      } else {
        flush()
        result.append(byte)
      }
    }
    flush()
    return String(decoding: result, as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }
}
