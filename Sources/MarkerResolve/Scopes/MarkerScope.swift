import CSource
import Elfutils

/// What names mean at a marker in one body of its function.
struct MarkerScope {
  let origin: Die
  let variables: InstanceVariables
  let address: UInt64
  let search: SiteSearch
  let files: Set<Int32>
  let globals: GlobalFinder
  let unit: Die

  /// The entry that a name means here: the innermost declaration around the marker, else a variable at file scope.
  func entry(named name: String) throws(NoValue) -> Die {
    let scope = FunctionScope(origin: origin)
    let declared = scope.declarations(named: name)
    if let chosen = try visible(declared) {
      // Without a concrete entry the compiler kept nothing of the variable in this body.
      guard let entry = variables.entry(for: chosen.die, at: address) else {
        if chosen.die.has(.location) || chosen.die.has(.constValue) { return chosen.die }
        throw NoValue(.optimisedOut)
      }
      return entry
    }
    if let global = globals.variable(named: name, in: unit) { return global }
    let near = nearNames(name, among: scope.declarations.map(\.name) + globals.names(in: unit))
    throw NoValue(.unknownVariable(name, near: near))
  }

  private func visible(_ declared: [VariableDeclaration]) throws(NoValue) -> VariableDeclaration? {
    guard !declared.isEmpty else { return nil }
    if let placement = search.placement { return visible(declared, around: placement) }
    if declared.count == 1 { return declared.first }
    let holding = declared.filter { variables.blockContains(address, of: $0.die) != false }
    guard let innermost = holding.max(by: { $0.blocks.count < $1.blocks.count }) else {
      return declared.first
    }
    if holding.filter({ $0.blocks.count == innermost.blocks.count }).count > 1 {
      throw NoValue(.uncertain("several variables of this name are declared and the source is not at hand"))
    }
    return innermost
  }

  /// C scope: of the declarations before the marker in the blocks around it, the one in the innermost block.
  private func visible(_ declared: [VariableDeclaration], around placement: Placement) -> VariableDeclaration?
  {
    var enclosing: [ClosedRange<Int>] = []
    var block: Block? = placement.block
    while let current = block {
      if let lines = current.extent?.lines { enclosing.append(lines) }
      // The head of a `for` may declare its own variable.
      if let owner = current.owner, owner.kind == .for { enclosing.append(owner.extent.lines) }
      block = current.owner?.block
    }
    enclosing.append(placement.function.extent.lines)
    let marker = placement.marker?.extent.start.line ?? placement.next?.extent.start.line ?? Int.max
    for lines in enclosing {
      let here = declared.filter { declaration in
        lines.contains(declaration.line) && declaration.line <= marker
          && !isInSiblingBlock(declaration, placement.function.body, enclosing)
      }
      if let last = here.max(by: { $0.line < $1.line }) { return last }
    }
    // A declaration that a macro made stands elsewhere: take it when it is the only one.
    return declared.count == 1 && !files.contains(declared[0].file) ? declared.first : nil
  }

  /// Whether the innermost block around the declaration is not one around the marker.
  private func isInSiblingBlock(
    _ declaration: VariableDeclaration, _ body: Block, _ enclosing: [ClosedRange<Int>]
  ) -> Bool {
    if declaration.isParameter { return false }
    var current = body
    while let inner = current.inner(holding: declaration.line) { current = inner }
    guard let lines = current.extent?.lines else { return false }
    return !enclosing.contains(lines)
  }
}

extension Block {
  /// The block among the statements' bodies that holds a line; nil when none does.
  fileprivate func inner(holding line: Int) -> Block? {
    for statement in statements where statement.extent.lines.contains(line) {
      for body in statement.bodies {
        if let lines = body.extent?.lines, lines.contains(line), body.isBraced { return body }
      }
    }
    return nil
  }
}
