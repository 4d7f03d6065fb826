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

  init(resolver: Resolver, found: FoundSite, search: SiteSearch) {
    let instance = found.instance.die
    let variables = InstanceVariables(instance: instance)
    let identity = resolver.image.identity
    let context = SiteContext(
      info: resolver.info, machine: identity.machine, addressByteCount: identity.elfClass.addressByteCount,
      isBigEndian: identity.byteOrder == .big, moment: found.moment,
      container: found.container.die, variables: variables, file: found.file,
      holdsEntryValue: { register in
        found.machine.entryRegisters?.isUnchanged(register, at: found.address) ?? false
      })
    let unit = found.file.unit.contents
    let scope = MarkerScope(
      origin: instance.abstractRoot, variables: variables, address: found.address, search: search,
      files: found.file.numbers, globals: resolver.globals, unit: unit)
    evaluator = CaptureEvaluator(
      context: context, unit: unit, types: resolver.types, globals: resolver.globals,
      symbols: resolver.symbols, lookUp: { name throws(NoValue) in try scope.entry(named: name) })
    staleness = ValueStaleness(found: found, placement: search.placement)
    builder = FetchBuilder(writer: resolver.writer, types: resolver.types)
  }

  func outcome(of capture: Capture, name: String) -> CaptureOutcome {
    do throws(NoValue) {
      guard let expression = capture.expression else {
        throw NoValue(.unsupported(capture.unsupported ?? "the expression cannot be read"))
      }
      if let reason = staleness.reason(expression) { throw NoValue(.uncertain(reason)) }
      let object = try evaluator.evaluate(expression)
      if object.isConstant, let reason = staleness.reasonAgainstConstant(expression) {
        throw NoValue(.uncertain(reason))
      }
      let fetch = try builder.argument(object, format: capture.format)
      return CaptureOutcome(
        argument: ArgumentResolution(
          name: name, expression: capture.expressionText, fetch: fetch, status: .ok, absence: nil),
        followsPointer: object.followsPointer || builder.followsPointer(object, format: capture.format))
    } catch {
      return CaptureOutcome(
        argument: ArgumentResolution(
          name: name, expression: capture.expressionText, fetch: nil, status: .none, absence: error.absence),
        followsPointer: false)
    }
  }
}
