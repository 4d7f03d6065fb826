public import Elfutils

/// What differs between the parts of two images that a machine gets (Docs/zero-cost.md, "What is compared").
public struct ImageComparison: Sendable, Hashable {
  /// In the order of the first image's sections, then symbols; empty when the images are the same.
  public let differences: [ImageDifference]

  /// Compares two images.
  ///
  /// - Throws: when a section of one of them cannot be read.
  public init(_ left: ElfImage, _ right: ElfImage) throws(ElfError) {
    guard left.identity.isSameMachine(as: right.identity) else {
      differences = [
        ImageDifference(subject: "image", field: "machine", detail: "the files are for different machines")
      ]
      return
    }
    let first = try AllocatedParts(left)
    let second = try AllocatedParts(right)
    differences = first.differences(from: second) + first.symbolDifferences(from: second)
  }
}

/// One difference between two images.
public struct ImageDifference: Sendable, Hashable {
  /// The section's name with its number when there are several of the name (".init.text#2"), "symbols" or "image".
  public let subject: String
  /// What differs: "type", "flags", "address", "alignment", "entry size", "size", "bytes", "relocations", "presence",
  /// "order", "symbol", "machine".
  public let field: String
  /// One sentence, lower case, no full stop; the first image's value first.
  public let detail: String
}

extension ElfIdentity {
  fileprivate func isSameMachine(as other: ElfIdentity) -> Bool {
    elfClass == other.elfClass && byteOrder == other.byteOrder && type == other.type
      && machine == other.machine
      && flags == other.flags
  }
}
