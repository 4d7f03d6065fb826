import CSource

/// What the macros of a unit do, from the source files at hand that the unit's line table names.
final class MacroTable {
  private let library: SourceLibrary
  private let files: Set<Int>
  private var jumps: [String: Bool] = [:]
  private var statements: [String: Bool] = [:]
  private var parameterCalls: [String: Bool] = [:]
  private var calls: [String: Bool] = [:]
  private var arguments: [String: Bool] = [:]
  private var changed: [String: Set<Int>] = [:]

  /// - Parameter paths: the unit's files; those that are not at hand define nothing.
  init(library: SourceLibrary, paths: [String]) {
    self.library = library
    files = Set(paths.compactMap { library.macroFile($0) })
  }

  /// Whether a name is a macro that may jump, by itself or through macros in it.
  func mayJump(_ name: String) -> Bool { search(name, \.mayJump, &jumps, depth: 0) }

  /// Whether a name is a macro that holds statements, by itself or through macros in it.
  func hasStatements(_ name: String) -> Bool { search(name, \.hasStatements, &statements, depth: 0) }

  /// Whether a name is a macro that calls what it is given, by itself or through macros in it.
  func callsParameter(_ name: String) -> Bool { search(name, \.callsParameter, &parameterCalls, depth: 0) }

  /// Whether what stands before a parenthesis may call a function: it is no macro, or a macro that does.
  func mayCall(_ name: String) -> Bool { mayCall(name, depth: 0) }

  private func mayCall(_ name: String, depth: Int) -> Bool {
    if let answer = calls[name] { return answer }
    guard let body = library.macro(name, in: files) else { return !name.hasPrefix("__builtin_") }
    guard depth < 32 else { return true }
    calls[name] = false  // a macro does not expand inside itself
    let answer =
      body.callsParameter || body.mayCallPointer
      || body.calledNames.contains { mayCall($0, depth: depth + 1) }
    calls[name] = answer
    return answer
  }

  /// Whether a name is a macro that may change one of its arguments, by itself or through macros in it.
  func mayChangeArgument(_ name: String) -> Bool { search(name, \.changesArgument, &arguments, depth: 0) }

  /// Whether the unit defines a macro of that name.
  func isMacro(_ name: String) -> Bool { library.macro(name, in: files) != nil }

  /// Whether the text of a macro, or of macros in it, holds an identifier.
  func mentions(_ identifier: String, in name: String) -> Bool {
    search(name) { $0.identifiers.contains(identifier) }
  }

  /// Whether a macro's use changes an object of the name: by an argument, or by the text of it or of macros in it.
  func writes(_ name: String, isMember: Bool, in call: NamedCall) -> Bool {
    if changes(name, isMember, call) { return true }
    return search(call.name) { body in
      (isMember ? body.writtenMembers : body.writtenVariables).contains(name)
        || body.calls.contains { changes(name, isMember, $0) }
    }
  }

  private func changes(_ name: String, _ isMember: Bool, _ call: NamedCall) -> Bool {
    let object = NamedCall.Argument.object(name: name, isMember: isMember)
    guard call.arguments.contains(object) else { return false }
    return changedArguments(of: call.name, depth: 0).contains { position in
      position < call.arguments.count && call.arguments[position] == object
    }
  }

  /// The positions of the arguments that a macro changes, by itself or through macros in it.
  private func changedArguments(of name: String, depth: Int) -> Set<Int> {
    if let answer = changed[name] { return answer }
    guard let body = library.macro(name, in: files), depth < 32 else { return [] }
    changed[name] = []  // a macro does not expand inside itself
    var answer = body.changedParameters
    for call in body.calls {
      for position in changedArguments(of: call.name, depth: depth + 1) where position < call.arguments.count
      {
        if case .parameter(let outer) = call.arguments[position] { answer.insert(outer) }
      }
    }
    changed[name] = answer
    return answer
  }

  /// Whether the text of a macro, or of macros in it, is one that is looked for.
  private func search(_ name: String, for isWanted: (MacroBody) -> Bool) -> Bool {
    var seen: Set<String> = []
    var pending = [name]
    while let current = pending.popLast() {
      guard let body = library.macro(current, in: files), seen.insert(current).inserted else { continue }
      if isWanted(body) { return true }
      pending += body.identifiers
    }
    return false
  }

  private func search(
    _ name: String, _ property: KeyPath<MacroBody, Bool>, _ known: inout [String: Bool], depth: Int
  ) -> Bool {
    if let answer = known[name] { return answer }
    guard let body = library.macro(name, in: files), depth < 32 else { return false }
    known[name] = false  // a macro does not expand inside itself
    var answer = body[keyPath: property]
    for inner in body.identifiers where !answer {
      answer = search(inner, property, &known, depth: depth + 1)
    }
    known[name] = answer
    return answer
  }
}
