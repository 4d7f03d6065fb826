import CElfutils

extension Die {
  /// Whether the entry itself has the attribute (not through abstract origin).
  public func has(_ name: DwarfAttributeName) -> Bool { withDie { dwarf_hasattr($0, name.rawValue) } != 0 }

  /// A constant, section offset or index as an unsigned number; nil when absent or of another class.
  public func unsigned(_ name: DwarfAttributeName) -> UInt64? {
    attribute(name).flatMap { attribute in
      var attribute = attribute
      var value: Dwarf_Word = 0
      return dwarf_formudata(&attribute, &value) == 0 ? value : nil
    }
  }

  /// A constant as a signed number; nil when absent or of another class.
  ///
  /// The fixed-size forms below 8 bytes hold unsigned numbers: gcc and clang write a negative one as
  /// `DW_FORM_sdata` (DWARF 5, 7.5.5 leaves it to the producer). libdw alone would read a member at 200 as at -56.
  public func signed(_ name: DwarfAttributeName) -> Int64? {
    attribute(name).flatMap { attribute in
      var attribute = attribute
      switch Int(dwarf_whatform(&attribute)) {
      case DW_FORM_data1, DW_FORM_data2, DW_FORM_data4:
        return unsigned(name).flatMap { Int64(exactly: $0) }
      default: break
      }
      var value: Dwarf_Sword = 0
      return dwarf_formsdata(&attribute, &value) == 0 ? Int64(value) : nil
    }
  }

  /// An address; nil when absent or of another class.
  public func address(_ name: DwarfAttributeName) -> UInt64? {
    attribute(name).flatMap { attribute in
      var attribute = attribute
      var value: Dwarf_Addr = 0
      return dwarf_formaddr(&attribute, &value) == 0 ? value : nil
    }
  }

  /// A flag; false when absent.
  public func flag(_ name: DwarfAttributeName) -> Bool {
    guard var attribute = attribute(name) else { return false }
    var value = false
    return dwarf_formflag(&attribute, &value) == 0 && value
  }

  /// A string; nil when absent or of another class.
  public func string(_ name: DwarfAttributeName) -> String? {
    guard var attribute = attribute(name) else { return nil }
    return dwarf_formstring(&attribute).map { String(cString: $0) }
  }

  /// A block's bytes; nil when absent or of another class.
  public func block(_ name: DwarfAttributeName) -> [UInt8]? {
    guard var attribute = attribute(name) else { return nil }
    var block = Dwarf_Block()
    guard dwarf_formblock(&attribute, &block) == 0, let data = block.data else { return nil }
    return Array(UnsafeBufferPointer(start: data, count: Int(block.length)))
  }

  /// The entry that the attribute refers to; nil when absent or dangling.
  public func reference(_ name: DwarfAttributeName) -> Die? {
    guard var attribute = attribute(name) else { return nil }
    var result = Dwarf_Die()
    guard dwarf_formref_die(&attribute, &result) != nil else { return nil }
    return Die(info: info, raw: result)
  }

  /// The entry that holds the attribute: this one, else the first that has it along abstract origin and
  /// specification; nil when none has it.
  public func holder(of name: DwarfAttributeName) -> Die? {
    var current = self
    for _ in 0..<16 {
      if current.has(name) { return current }
      guard let next = current.reference(.abstractOrigin) ?? current.reference(.specification) else {
        return nil
      }
      current = next
    }
    return nil
  }

  /// The last entry along abstract origin and specification: what a concrete instance is an instance of.
  public var origin: Die {
    var current = self
    for _ in 0..<16 {
      guard let next = current.reference(.abstractOrigin) ?? current.reference(.specification) else { break }
      current = next
    }
    return current
  }

  /// The last entry along `DW_AT_abstract_origin` alone: the abstract instance root of a function, itself when
  /// there is none. A `DW_AT_specification` is a declaration elsewhere and is not followed.
  public var abstractRoot: Die {
    var current = self
    for _ in 0..<16 {
      guard let next = current.reference(.abstractOrigin) else { break }
      current = next
    }
    return current
  }

  func attribute(_ name: DwarfAttributeName) -> Dwarf_Attribute? {
    var attribute = Dwarf_Attribute()
    return withDie { dwarf_attr($0, name.rawValue, &attribute) } == nil ? nil : attribute
  }
}
