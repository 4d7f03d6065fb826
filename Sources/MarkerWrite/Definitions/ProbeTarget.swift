public import Elfutils
internal import MarkerResolve

/// What the definitions are written for: it decides how an address is named to the kernel.
public enum ProbeTarget: Sendable {
  /// The kernel itself: an address is a distance from `base`, which moves with the whole image (KASLR) and is
  /// unique, whatever static functions the loaded modules have.
  case kernel(KernelSymbols)
  /// A module: `MODULE:symbol+offset`, with a symbol that is unique in the module.
  case module(name: String, ModuleSymbols)
  /// A program or shared object at `path` on the machine that is probed: a file offset.
  case userFile(path: String, segments: [ElfSegment])
  /// A relocatable object: no part of anything that runs. Its definitions show whether the rules are kept, but
  /// cannot be written to a kernel.
  case object

  /// How the site is named in a definition; nil when it has no name that leads to this one place.
  func place(of site: SiteResolution) -> String? {
    switch self {
    case .kernel(let symbols): symbols.place(of: site.address)
    case .module(let name, let symbols): symbols.place(of: site.address).map { "\(name):\($0)" }
    case .userFile(let path, let segments):
      fileOffset(of: site.address, in: segments).map { "\(path):0x" + String($0, radix: 16) }
    case .object: site.shownPlace
    }
  }

  /// Whether definitions are for `uprobe_events`.
  var isUserSpace: Bool {
    switch self {
    case .userFile: true
    case .kernel, .module, .object: false
    }
  }
}

/// Where an executable address stands in the file, nil when no executable segment maps it from there.
private func fileOffset(of address: UInt64, in segments: [ElfSegment]) -> UInt64? {
  let executable: UInt32 = 1
  for segment in segments where segment.flags & executable != 0 && address >= segment.address {
    let distance = address - segment.address
    guard distance < segment.fileByteCount else { continue }
    let (offset, overflow) = segment.offset.addingReportingOverflow(distance)
    return overflow ? nil : offset
  }
  return nil
}
