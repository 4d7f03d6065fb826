import Elfutils

/// Names link addresses of data so that the definition does not depend on where the kernel was loaded.
protocol DataNaming {
  /// The fetch expression that reads at a link address: `@symbol+8` for a kernel; nil with no safe name.
  func reference(to linkAddress: UInt64) -> String?
}

/// Writes symbolic values as fetch expressions (Documentation/trace/kprobetrace.rst, trace_probe.c
/// `parse_probe_arg`).
struct FetchWriter {
  let machine: Machine
  let addressByteCount: Int
  let isBigEndian: Bool
  let naming: any DataNaming

  /// The expression that reads memory at an address: `+8(%bp)`, `@jiffies`, `+16(+8(%di))`.
  func memory(at address: SymbolicValue) throws(NoValue) -> String {
    switch address {
    case .opaque(let what): throw NoValue(.notExpressible("the address is " + what))
    case .constant(let value): return "@0x" + String(value, radix: 16)
    case .term(let term):
      if term.slice != nil { throw NoValue(.notExpressible("the address is a computed value")) }
      if case .image = term.base {
        let link = UInt64(bitPattern: term.addend)
        guard let name = naming.reference(to: link) else {
          throw NoValue(.notExpressible("no symbol names the address 0x" + String(link, radix: 16)))
        }
        return name
      }
      if isBelowStack(term) {
        throw NoValue(.uncertain("it is said to lie below the stack pointer, where nothing is kept"))
      }
      let sign = term.addend < 0 ? "-" : "+"
      return "\(sign)\(term.addend.magnitude)(\(try base(term.base)))"
    }
  }

  /// Only the x86-64 psABI (section 3.2.2) keeps bytes below the stack pointer. gcc gives such places to bytes that it
  /// stores as words on big-endian machines.
  private func isBelowStack(_ term: SymbolicValue.Term) -> Bool {
    guard case .register(let number) = term.base, number == RegisterNames.stackPointer(on: machine) else {
      return false
    }
    return term.addend < (machine == .x8664 ? -128 : 0)
  }

  /// The expression for a value itself: `%di`, `+8(%bp)`, `\42`. Slices are left to the type.
  func value(_ value: SymbolicValue) throws(NoValue) -> String {
    switch value {
    case .opaque(let what): throw NoValue(.notExpressible(what))
    case .constant(let number): return "\\\(Int64(bitPattern: number))"
    case .term(let term):
      if case .image = term.base { throw NoValue(.notExpressible("the address of an object in the image")) }
      guard term.addend == 0 else {
        throw NoValue(.notExpressible("a computed value (register plus constant)"))
      }
      if let slice = term.slice, slice.leftShift != 0 { throw NoValue(.notExpressible("a computed value")) }
      return try base(term.base)
    }
  }

  private func base(_ base: SymbolicValue.Base) throws(NoValue) -> String {
    switch base {
    case .register(let number):
      guard let name = RegisterNames.name(number, on: machine) else {
        throw NoValue(.notExpressible("register \(number), which tracefs cannot read"))
      }
      return "%" + name
    case .load(let address, _): return try memory(at: address)
    case .image: throw NoValue(.notExpressible("the address of an object in the image"))
    }
  }
}
