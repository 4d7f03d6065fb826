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
      arm it), the address lies below `_stext`, a module has no function of a unique name before it, or no segment
      of the program maps it.

      ## Example

      A kernel image that lost some of its symbols:

          objcopy --strip-symbol=_stext vmlinux smaller
          markers emit --markers list smaller

      Give the image as it was built:

          markers emit --markers list vmlinux
      """)
}

extension Finding {

  static func placeUnnamed(_ site: SiteResolution, target: ProbeTarget) -> Finding {
    let address = "0x" + String(site.address, radix: 16)
    switch target {
    case .kernel, .module, .object:
      return Finding(
        .placeUnnamed, "no symbol leads to \(address) in '\(site.function)' and to no other place")
    case .userFile:
      return Finding(
        .placeUnnamed, "no executable segment maps \(address) in '\(site.function)' from the file")
    }
  }
}
