#if canImport(Glibc)
  import Glibc
#endif

extension [UInt8] {
  /// Whether the word occurs; the search for its first byte is the C library's, which is made for whole trees of
  /// sources. An empty word occurs nowhere.
  func contains(word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard count > 0, self.count >= count else { return false }
    return withUnsafeBytes { text in
      guard let start = text.baseAddress else { return false }
      let last = start + (text.count - count)
      var place = start
      while place <= last, let found = memchr(place, Int32(word.utf8Start.pointee), last - place + 1) {
        if memcmp(found, word.utf8Start, count) == 0 { return true }
        place = UnsafeRawPointer(found) + 1
      }
      return false
    }
  }
}
