internal import MarkerScan

extension MarkerRecord {
  /// The order of all output: provider, name, file, line, captures, origin.
  var sortKey: MarkerSortKey { MarkerSortKey(record: self) }
}

struct MarkerSortKey: Comparable {
  let record: MarkerRecord

  static func < (left: Self, right: Self) -> Bool {
    let (one, other) = (left.record, right.record)
    if one.provider != other.provider { return one.provider < other.provider }
    if one.name != other.name { return one.name < other.name }
    if one.file != other.file { return one.file < other.file }
    if one.line != other.line { return one.line < other.line }
    let (captures, others) = (one.captures.map(\.text), other.captures.map(\.text))
    if captures != others { return captures.lexicographicallyPrecedes(others) }
    return one.allowances.lexicographicallyPrecedes(other.allowances)
  }
}
