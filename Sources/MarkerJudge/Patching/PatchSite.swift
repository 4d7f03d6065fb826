/// Why the kernel rewrites a place of its text at boot.
public enum PatchCause: String, Sendable, Hashable, CaseIterable {
  case alternative = "an alternative for a CPU feature"
  case paravirtual = "a paravirtual call"
  case retpoline = "a retpoline"
  case returnThunk = "a return thunk"
}

/// A place of the text whose bytes in the running kernel the image alone does not settle.
struct PatchSite: Sendable {
  let range: AddressRange
  let cause: PatchCause
  /// What may stand there besides the bytes taken for granted; each as long as the range.
  let variants: [[UInt8]]
}

/// The text as the running kernel is taken to have it, and where it may differ.
struct PatchedText: Sendable {
  let memory: ImageMemory
  /// Sorted by start, without overlap.
  let sites: [PatchSite]
  /// Whether the image has return thunks that the assumptions leave open.
  let areReturnsOpen: Bool
  /// Where functions return through a thunk in the image, unless the machine is known.
  let returns: AddressList

  init(memory: ImageMemory, sites: [PatchSite], areReturnsOpen: Bool, returns: AddressList) {
    self.memory = memory
    self.sites = sites
    self.areReturnsOpen = areReturnsOpen
    self.returns = returns
  }

  /// Text in which nothing is open.
  init(settled memory: ImageMemory) {
    self.init(memory: memory, sites: [], areReturnsOpen: false, returns: AddressList([]))
  }

  /// The open sites that overlap the range.
  func sites(in range: AddressRange) -> ArraySlice<PatchSite> {
    let first = sites.partitionIndex { $0.range.end > range.start }
    let end = sites.partitionIndex { $0.range.start >= range.end }
    return first < end ? sites[first..<end] : []
  }
}
