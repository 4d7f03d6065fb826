import CSource
import Elfutils
import MarkerScan

/// What became of one capture at one site.
struct CaptureOutcome {
  let argument: ArgumentResolution
  /// Whether a pointer of the program is followed to fetch the value: the read may fault.
  let followsPointer: Bool
}

/// Resolves the captures of a marker at one site.
struct ValueResolver {
  private let evaluator: CaptureEvaluator
  private let builder: FetchBuilder
  private let staleness: ValueStaleness
  private let memory: MemoryCheck
  private let wordBytes: Int
  private let isSplitPart: Bool
  private let stack: StackSlots?
  /// Why hits can come in another order than the marker is reached.
  private let order: String?
  private let found: FoundSite
  private let placement: Placement?

  init(resolver: Resolver, found: FoundSite, search: SiteSearch) {
    self.found = found
    placement = search.placement
    order = CopyOrder(sites: search.sites).reason(at: found)
    let instance = found.instance.die
    let variables = InstanceVariables(instance: instance)
    let identity = resolver.image.identity
    let stack = found.machine.graph.flatMap { graph in
      RegisterNames.stackPointer(on: identity.machine).map {
        StackSlots(
          graph: graph,
          registers: RegisterWriters(graph: graph, callClobbered: found.machine.callClobbered),
          info: resolver.info, stackPointer: $0, wordByteCount: identity.elfClass.addressByteCount)
      }
    }
    self.stack = stack
    let context = SiteContext(
      info: resolver.info, machine: identity.machine, addressByteCount: identity.elfClass.addressByteCount,
      isBigEndian: identity.byteOrder == .big, moment: found.moment,
      container: found.container.die, variables: variables, file: found.file,
      body: found.instance.isInlined ? instance.ranges : nil,
      holdsEntryValue: { register in
        found.machine.entryRegisters?.isUnchanged(register, at: found.address) ?? false
      },
      holdsVariable: { register, variable in
        guard let graph = found.machine.graph, let function = search.placement?.function else { return true }
        return RegisterHome(
          graph: graph, callClobbered: found.machine.callClobbered, lines: found.lines,
          writes: found.file.writes(of: function)
        ).holds(variable, register, at: found.moment.address)
      }, stack: stack)
    let unit = found.file.unit.contents
    let scope = MarkerScope(
      origin: instance.abstractRoot, variables: variables, address: found.address, search: search,
      files: found.file.numbers, globals: resolver.globals, unit: unit)
    evaluator = CaptureEvaluator(
      context: context, unit: unit, types: resolver.types, globals: resolver.globals,
      symbols: resolver.symbols, lookUp: { name throws(NoValue) in try scope.entry(named: name) })
    staleness = ValueStaleness(found: found, placement: search.placement)
    memory = MemoryCheck(found: found, placement: search.placement, machine: identity.machine, stack: stack)
    isSplitPart =
      found.instance.isSplitPart || found.file.unit.functions.isSplitPart(found.instance, resolver.symbols)
    wordBytes = identity.elfClass.addressByteCount
    builder = FetchBuilder(writer: resolver.writer, types: resolver.types)
  }

  func outcome(of capture: Capture, name: String) -> CaptureOutcome {
    do throws(NoValue) {
      guard let expression = capture.expression else {
        throw NoValue(.unsupported(capture.unsupported ?? "the expression cannot be read"))
      }
      let object = try evaluator.evaluate(expression)
      let fetch = try builder.argument(object, format: capture.format)
      let doubt = doubt(expression, object)
      if let doubt, doubt.isRefuted { throw NoValue(.uncertain(doubt.reason)) }
      return CaptureOutcome(
        argument: ArgumentResolution(
          name: name, expression: capture.expressionText, fetch: fetch,
          status: doubt == nil ? .ok : .approximate, absence: doubt.map { .uncertain($0.reason) }),
        followsPointer: object.followsPointer || builder.followsPointer(object, format: capture.format))
    } catch {
      return CaptureOutcome(
        argument: ArgumentResolution(
          name: name, expression: capture.expressionText, fetch: nil, status: .none, absence: error.absence),
        followsPointer: false)
    }
  }

  private func doubt(_ expression: Expression, _ object: TypedObject) -> ValueDoubt? {
    let isGlobal = expression.variables.contains { evaluator.isGlobal($0) }
    if let reason = staleness.reason(expression, isGlobal: isGlobal) { return .refuted(reason) }
    if let name = unknownParameter(expression) {
      return .refuted(
        "'\(name)' was changed before the function was split, and the split part does not say so")
    }
    if object.isConstant, let doubt = constantDoubt(expression, object) { return doubt }
    if let reason = reasonAgainstField(expression, object) { return .refuted(reason) }
    if let doubt = variableDoubt(expression) ?? memoryDoubt(expression, object) { return doubt }
    return (staleness.reasonOfOrder() ?? order).map { .refuted($0) }
  }

  /// A doubt about the place of a variable that is read on the way.
  private func variableDoubt(_ expression: Expression) -> ValueDoubt? {
    guard let placement else { return nil }
    for name in expression.variables.sorted() {
      guard let object = try? evaluator.evaluate(.variable(name)), object.isTracked,
        let check = RegisterCheck(found: found, placement: placement, name: name, stack: stack)
      else { continue }
      if let doubt = check.doubt(object) ?? copyDoubt(object, check) { return doubt }
    }
    return nil
  }

  /// Why a variable is what another one holds that it is assigned next: both in one register, and nothing tells when.
  private func copyDoubt(_ object: TypedObject, _ check: RegisterCheck) -> ValueDoubt? {
    guard object.track?.hasViews == false, case .value(.term) = object.location else { return nil }
    for place in check.next {
      guard let source = place.source, let other = try? evaluator.evaluate(.variable(source)),
        other.isTracked, other.location == object.location
      else { continue }
      return .refuted(
        "line \(place.lines.lowerBound), behind the marker, assigns it '\(source)', which is in its place")
    }
    return nil
  }

  /// A constant may be what the variable held before an assignment that was dropped: in loops, and of clang's lists
  /// everywhere.
  private func constantDoubt(_ expression: Expression, _ object: TypedObject) -> ValueDoubt? {
    if let reason = staleness.reasonAgainstConstant(expression) { return .possible(reason) }
    guard found.file.unit.producer != .gcc, let placement else { return nil }
    for name in expression.variables.sorted() {
      let assignments = VariableAssignments(name, file: found.file, placement: placement)
      if assignments.all.isEmpty, object.track?.isPartial == true {
        return .refuted("it is a constant in a part of the inlined function only, and nothing assigns it")
      }
      let number = expression == .variable(name) ? object.number : nil
      if let doubt = assignments.doubt(ofConstant: number) { return doubt }
    }
    return nil
  }

  /// LLVM keeps the bit fields of a local structure in registers by themselves and may leave out of the location that
  /// such a register is not shifted to the field's place.
  private func reasonAgainstField(_ expression: Expression, _ object: TypedObject) -> String? {
    guard object.bits != nil, case .value(.term) = object.location, found.file.unit.producer != .gcc else {
      return nil
    }
    let isParameter = expression.variables.allSatisfy {
      !found.instance.isInlined && (try? evaluator.lookUp($0))?.tag == .formalParameter
    }
    return isParameter
      ? nil : "the bit field of a local structure is in a register, where LLVM may have shifted it"
  }

  /// A parameter that the function assigns, read in a part that gcc split off: the part takes the value that its caller
  /// passes for the parameter's own.
  private func unknownParameter(_ expression: Expression) -> String? {
    guard isSplitPart, let function = placement?.function else { return nil }
    let writes = found.file.writes(of: function).places
    let parameters = found.instance.die.children.filter { $0.tag == .formalParameter }.compactMap(\.name)
    return expression.variables.sorted().first { name in
      parameters.contains(name) && writes.contains { !$0.isMember && $0.name == name }
    }
  }

  private func memoryDoubt(_ expression: Expression, _ object: TypedObject) -> ValueDoubt? {
    let fixed = expression.variables.filter { evaluator.isFixed($0) }
    let byteCount = object.bits?.byteCount ?? object.type.byteCount(addressByteCount: wordBytes) ?? wordBytes
    return memory.doubt(
      expression, object, byteCount: byteCount, fixed: fixed, globals: fixed.filter { evaluator.isGlobal($0) }
    )
  }
}
