/// The names of the DWARF operations that a location cannot be made of: DWARF 5 section 7.7.1, and the GNU and LLVM
/// extensions as binutils and LLVM name them.
enum OperationName {
  /// The operation's name, or its number where it has none.
  static func of(_ code: UInt8) -> String {
    names[code] ?? "DWARF operation 0x" + String(code, radix: 16)
  }

  private static let names: [UInt8: String] = [
    0x18: "DW_OP_xderef", 0x95: "DW_OP_xderef_size", 0x97: "DW_OP_push_object_address",
    0x98: "DW_OP_call2", 0x99: "DW_OP_call4", 0x9a: "DW_OP_call_ref", 0x9e: "DW_OP_implicit_value",
    0xa0: "DW_OP_implicit_pointer", 0xa1: "DW_OP_addrx", 0xa2: "DW_OP_constx", 0xa3: "DW_OP_entry_value",
    0xa4: "DW_OP_const_type", 0xa5: "DW_OP_regval_type", 0xa6: "DW_OP_deref_type", 0xa7: "DW_OP_xderef_type",
    0xa8: "DW_OP_convert", 0xa9: "DW_OP_reinterpret", 0xed: "DW_OP_WASM_location",
    0xf1: "DW_OP_GNU_encoded_addr", 0xf2: "DW_OP_GNU_implicit_pointer", 0xf3: "DW_OP_GNU_entry_value",
    0xf4: "DW_OP_GNU_const_type", 0xf5: "DW_OP_GNU_regval_type", 0xf6: "DW_OP_GNU_deref_type",
    0xf7: "DW_OP_GNU_convert", 0xf9: "DW_OP_GNU_reinterpret", 0xfa: "DW_OP_GNU_parameter_ref",
    0xfb: "DW_OP_GNU_addr_index", 0xfc: "DW_OP_GNU_const_index", 0xfd: "DW_OP_GNU_variable_value",
  ]
}
