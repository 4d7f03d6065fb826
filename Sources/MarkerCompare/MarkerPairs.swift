/// Which markers of two builds are the same.
struct MarkerPairs {
  private(set) var pairs: [(old: SavedMarker, new: SavedMarker)] = []
  private(set) var added: [SavedMarker] = []
  private(set) var lost: [SavedMarker] = []

  /// By provider and name; where several places have them, by the same file and line, then by file and expressions,
  /// then by file, then in their order.
  init(old: [SavedMarker], new: [SavedMarker]) {
    let newer = Dictionary(grouping: new, by: \.title)
    let older = Dictionary(grouping: old, by: \.title)
    for title in Set(older.keys).union(newer.keys).sorted() {
      var group = Group(old: older[title] ?? [], new: newer[title] ?? [])
      group.match { $0.file == $1.file && $0.line == $1.line }
      group.match { $0.file == $1.file && $0.expressions == $1.expressions }
      group.match { $0.file == $1.file }
      group.match { _, _ in true }
      pairs += group.pairs
      lost += group.old
      added += group.new
    }
  }

  private struct Group {
    var old: [SavedMarker]
    var new: [SavedMarker]
    var pairs: [(old: SavedMarker, new: SavedMarker)] = []

    mutating func match(_ isSame: (SavedMarker, SavedMarker) -> Bool) {
      var rest: [SavedMarker] = []
      for marker in old {
        if let index = new.firstIndex(where: { isSame(marker, $0) }) {
          pairs.append((marker, new.remove(at: index)))
        } else {
          rest.append(marker)
        }
      }
      old = rest
    }
  }
}
