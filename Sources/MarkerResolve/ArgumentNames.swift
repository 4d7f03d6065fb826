import MarkerScan

/// Names for the arguments of a definition: the label, else the last name of the expression; each once.
enum ArgumentNames {
  static func names(for captures: [Capture]) -> [String] {
    var used: Set<String> = []
    return captures.enumerated().map { index, capture in
      let wish = capture.label ?? capture.expression.flatMap { tail(of: $0) } ?? "arg\(index + 1)"
      var name = wish
      var number = 2
      while !used.insert(name).inserted {
        name = "\(wish)_\(number)"
        number += 1
      }
      return name
    }
  }

  /// The last identifier of an expression: `host_no` of `cmd->device->host->host_no`.
  private static func tail(of expression: Expression) -> String? {
    switch expression {
    case .variable(let name), .member(_, let name), .arrow(_, let name): name
    case .element(let base, let index): tail(of: base).map { index < 0 ? $0 : "\($0)_\(index)" }
    case .dereference(let operand), .addressOf(let operand), .cast(_, let operand): tail(of: operand)
    case .containerOf(let pointer, _, _): tail(of: pointer)
    case .integer: nil
    }
  }
}
