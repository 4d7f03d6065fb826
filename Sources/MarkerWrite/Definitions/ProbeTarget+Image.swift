public import Elfutils

extension ProbeTarget {
  /// What kind of thing an image is.
  ///
  /// - Parameter path: where a program or shared object lies on the machine that is probed.
  /// - Throws: when a module's `.modinfo` cannot be read.
  public init(image: ElfImage, path: String) throws(ElfError) {
    switch image.identity.type {
    case .relocatable:
      guard let name = try moduleName(of: image) else {
        self = .object
        return
      }
      self = .module(name: name, ModuleSymbols(symbols: image.symbols, sections: image.sections))
    case .executable, .sharedObject, .core, .other:
      if isKernel(image) {
        self = .kernel(KernelSymbols(symbols: image.symbols, machine: image.identity.machine))
      } else {
        self = .userFile(path: path, segments: image.segments)
      }
    }
  }
}

/// Whether a linked image is a kernel: none else has both sections, and every kernel has them
/// (include/asm-generic/vmlinux.lds.h).
private func isKernel(_ image: ElfImage) -> Bool {
  image.section(named: ".init.text") != nil && image.section(named: ".init.data") != nil
}

/// The name under which the kernel knows the module: `name=` of `.modinfo`, else the file's name as the kernel
/// makes it (`KBUILD_MODNAME`: `-` becomes `_`); nil for an object that is no module.
private func moduleName(of image: ElfImage) throws(ElfError) -> String? {
  guard image.section(named: ".gnu.linkonce.this_module") != nil,
    let information = image.section(named: ".modinfo")
  else { return nil }
  for field in try image.bytes(of: information).split(separator: 0) {
    let text = String(decoding: field, as: UTF8.self)
    if text.hasPrefix("name="), isIdentifier(String(text.dropFirst(5))) { return String(text.dropFirst(5)) }
  }
  let file = image.path.lastComponent?.string ?? ""
  let stem = file.prefix { $0 != "." }.replacing("-", with: "_")
  return isIdentifier(String(stem)) ? String(stem) : nil
}
