/// A half-open range of link addresses.
struct AddressRange: Sendable, Hashable {
  let start: UInt64
  let end: UInt64

  /// A range; empty when the end lies before the start.
  init(_ start: UInt64, _ end: UInt64) {
    self.start = start
    self.end = Swift.max(start, end)
  }

  init(start: UInt64, byteCount: Int) {
    self.init(start, start &+ UInt64(Swift.max(0, byteCount)))
  }

  var byteCount: Int { Int(clamping: end - start) }
  var isEmpty: Bool { start == end }

  func contains(_ address: UInt64) -> Bool { start <= address && address < end }
  func overlaps(_ other: AddressRange) -> Bool { start < other.end && other.start < end }
}

/// Ranges sorted by start, which may overlap, answering which of them hold an address.
struct RangeSet: Sendable {
  private let ranges: [AddressRange]
  /// The greatest end among the ranges up to each index.
  private let greatestEnds: [UInt64]

  init(_ ranges: [AddressRange]) {
    self.ranges = ranges.filter { !$0.isEmpty }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    var greatest: UInt64 = 0
    greatestEnds = self.ranges.map { range in
      greatest = Swift.max(greatest, range.end)
      return greatest
    }
  }

  var isEmpty: Bool { ranges.isEmpty }
  var count: Int { ranges.count }

  func contains(_ address: UInt64) -> Bool { firstOverlap(AddressRange(start: address, byteCount: 1)) != nil }

  /// The last range, by start, that overlaps; nil when none does.
  func firstOverlap(_ range: AddressRange) -> AddressRange? {
    var index = ranges.partitionIndex { $0.start >= range.end }
    while index > 0, greatestEnds[index - 1] > range.start {
      index -= 1
      if ranges[index].end > range.start { return ranges[index] }
    }
    return nil
  }
}

/// Addresses sorted in ascending order.
struct AddressList: Sendable {
  private let addresses: [UInt64]

  init(_ addresses: [UInt64]) { self.addresses = addresses.sorted() }

  var isEmpty: Bool { addresses.isEmpty }
  var count: Int { addresses.count }

  func contains(_ address: UInt64) -> Bool { first(in: AddressRange(start: address, byteCount: 1)) != nil }

  /// The lowest address in the range; nil when there is none.
  func first(in range: AddressRange) -> UInt64? {
    let index = addresses.partitionIndex { $0 >= range.start }
    guard index < addresses.count, addresses[index] < range.end else { return nil }
    return addresses[index]
  }
}
