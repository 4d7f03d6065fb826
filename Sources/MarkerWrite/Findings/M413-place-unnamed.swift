internal import MarkerResolve
public import MarkerScan

extension FindingKind {
  /// An address without a name for the kernel.
  public static let placeUnnamed = FindingKind(
    "M413", "place-unnamed", .error,
    summary: "an address of the marker cannot be named to the kernel",
    explanation: """
      A definition names an address by a symbol and a distance, or, in a program, by a file offset. Here there is
      none that leads to this one place: no symbol covers the address (the kernel would take the definition and never
      arm it), the address lies below `_stext`, a module has no function of a unique name before it, no segment of
      the program maps it, or the image is a plain object that no kernel runs.

      ## Example

          markers emit drivers/net/dummy.o

      An object has no place in a kernel. Name the module or the kernel that it was linked into:

          markers emit drivers/net/dummy.ko
      """)
}

extension Finding {

  static func placeUnnamed(_ site: SiteResolution, target: ProbeTarget) -> Finding {
    let address = "0x" + String(site.address, radix: 16)
    switch target {
    case .object:
      return Finding(
        .placeUnnamed, "'\(site.function)' is in a relocatable object that is no part of a kernel or program",
        help: "give the kernel, module or program that the object was linked into")
    case .kernel, .module:
      return Finding(
        .placeUnnamed, "no symbol leads to \(address) in '\(site.function)' and to no other place")
    case .userFile:
      return Finding(
        .placeUnnamed, "no executable segment maps \(address) in '\(site.function)' from the file")
    }
  }
}
