import Elfutils

/// Says in words where a location expression puts an object; nothing is evaluated.
struct LocationWords {
  let machine: Machine

  func describe(_ operations: [DwarfOperation]) -> (kind: VariableLane.Kind, place: String) {
    guard let first = operations.first else { return (.computed, "nothing") }
    if operations.contains(where: { isEntryValue($0) }) { return (.entryValue, "from a value at entry") }
    if operations.contains(where: { $0.code == 0x93 || $0.code == 0x9d }) { return (.pieces, "in pieces") }
    let isValue = operations.last?.code == 0x9f  // DW_OP_stack_value
    if operations.count == (isValue ? 2 : 1), let simple = simple(first, isValue: isValue) { return simple }
    return isValue ? (.computed, "computed") : (.memory, "in memory")
  }

  private func simple(_ operation: DwarfOperation, isValue: Bool) -> (VariableLane.Kind, String)? {
    switch operation.code {
    case 0x50...0x6f: (.register, register(UInt64(operation.code - 0x50)))
    case 0x90: (.register, register(operation.operand1))  // DW_OP_regx
    case 0x70...0x8f:
      based(register(UInt64(operation.code - 0x70)), operation.operand1, isValue)
    case 0x91: based("the frame base", operation.operand1, isValue)  // DW_OP_fbreg
    case 0x9c: based("the frame address", 0, isValue)  // DW_OP_call_frame_cfa
    case 0x03:
      isValue ? (.constant, "address \(hexadecimal(operation.operand1))") : global(operation.operand1)
    case 0x30...0x4f: isValue ? (.constant, "constant \(operation.code - 0x30)") : nil
    case 0x08...0x11:  // DW_OP_const1u … DW_OP_consts
      isValue ? (.constant, "constant \(Int64(bitPattern: operation.operand1))") : nil
    case 0x9e: (.constant, "constant bytes")  // DW_OP_implicit_value
    case 0xa0, 0xf2: (.computed, "a pointer that was optimised away")  // DW_OP_implicit_pointer
    default: nil
    }
  }

  private func based(_ base: String, _ operand: UInt64, _ isValue: Bool) -> (VariableLane.Kind, String) {
    let offset = Int64(bitPattern: operand)
    let sum = offset == 0 ? base : "\(base) \(offset < 0 ? "-" : "+") \(offset.magnitude)"
    return isValue ? (.computed, sum) : (.memory, "at \(sum)")
  }

  private func global(_ address: UInt64) -> (VariableLane.Kind, String) {
    (.memory, "at \(hexadecimal(address))")
  }

  private func register(_ number: UInt64) -> String {
    RegisterNames.name(number, on: machine).map { "%\($0)" } ?? "register \(number)"
  }

  private func isEntryValue(_ operation: DwarfOperation) -> Bool {
    operation.code == 0xa3 || operation.code == 0xf3  // DW_OP_entry_value, DW_OP_GNU_entry_value
  }
}
