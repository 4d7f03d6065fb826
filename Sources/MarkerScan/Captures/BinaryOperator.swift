import CSource

/// A binary operator of C with its precedence (C11 6.5.5 to 6.5.14); assignment, `?:` and comma are none of them.
struct BinaryOperator {
  let punctuator: Punctuator
  /// Higher binds tighter; at least 1.
  let precedence: Int

  init?(_ token: Token) {
    guard case .punctuator(let punctuator) = token.kind else { return nil }
    self.init(punctuator)
  }

  init?(_ punctuator: Punctuator) {
    switch punctuator {
    case .star, .slash, .percent: precedence = 10
    case .plus, .minus: precedence = 9
    case .shiftLeft, .shiftRight: precedence = 8
    case .less, .greater, .lessOrEqual, .greaterOrEqual: precedence = 7
    case .equal, .notEqual: precedence = 6
    case .ampersand: precedence = 5
    case .caret: precedence = 4
    case .pipe: precedence = 3
    case .logicalAnd: precedence = 2
    case .logicalOr: precedence = 1
    default: return nil
    }
    self.punctuator = punctuator
  }

  /// The value between two constants; nil on overflow, division by zero, bad shifts and truth values.
  func fold(_ left: Int64, _ right: Int64) -> Int64? {
    switch punctuator {
    case .plus: checked(left.addingReportingOverflow(right))
    case .minus: checked(left.subtractingReportingOverflow(right))
    case .star: checked(left.multipliedReportingOverflow(by: right))
    case .slash: checked(left.dividedReportingOverflow(by: right))
    case .percent: checked(left.remainderReportingOverflow(dividingBy: right))
    case .shiftLeft: (0..<64).contains(right) ? left << right : nil
    case .shiftRight: (0..<64).contains(right) ? left >> right : nil
    case .ampersand: left & right
    case .caret: left ^ right
    case .pipe: left | right
    default: nil
    }
  }

  private func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Int64? {
    result.overflow ? nil : result.partialValue
  }
}
