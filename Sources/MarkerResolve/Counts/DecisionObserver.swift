import CSource
import Elfutils
import InstructionDecoder

/// Collects what the jumps of one body say of how often its source decides, and how often each way.
///
/// A jump belongs to the test whose place its row names. Which way of a jump stands for a test that holds is not known
/// from the code: it is the one that is passed as often as the statements there.
struct DecisionObserver {
  let rows: StatementRows
  let effects: StatementEffects
  let numbers: PassCounts
  let counts: SourceCounts

  /// So many copies of a test are tried in both directions each.
  private static let most = 6

  /// A test with the numbers of both ways of each of its jumps.
  private struct Tested {
    let decision: SourceCounts.Decision
    let ways: [(taken: PassCounts.Number, other: PassCounts.Number)]

    var total: PassCounts.Number { ways.reduce(.zero) { $0 &+ $1.taken &+ $1.other } }

    /// The numbers that the test may hold with, by what each jump may mean.
    var readings: [PassCounts.Number] {
      ways.reduce([.zero]) { sums, way in sums.flatMap { [$0 &+ way.taken, $0 &+ way.other] } }
    }
  }

  func observe(_ result: inout CountObservations) {
    for statement in counts.statements where statement.kind == .switch { observe(statement, &result) }
    var pending = counts.decisions.compactMap { tested($0, &result) }
    // What one test is found to mean tells what those before and behind it mean.
    var isProgressing = true
    while isProgressing {
      let before = pending.count
      pending.removeAll { settle($0, &result) }
      isProgressing = pending.count < before
    }
  }

  /// Adds how often a switch decides.
  private func observe(_ statement: Statement, _ result: inout CountObservations) {
    let first = effects.places(of: statement)
    guard !first.isEmpty, let form = counts.begins[statement], let number = numbers.number(of: first) else {
      return
    }
    result.add(form, [(number, first)], from: .decisions)
  }

  /// The jumps of a test; adds how often it is tested. nil when its ways are not known.
  private func tested(_ decision: SourceCounts.Decision, _ result: inout CountObservations) -> Tested? {
    guard decision.isPlain else { return nil }
    let jumps = effects.decisions(in: decision.extent)
    let addresses = Set(jumps.map(\.address))
    guard !jumps.isEmpty, let number = numbers.number(of: addresses) else { return nil }
    if !decision.isOfLoop { result.add(decision.tested, [(number, addresses)], from: .decisions) }
    guard jumps.count <= Self.most else { return nil }
    let ways = jumps.compactMap(ways)
    return ways.count == jumps.count ? Tested(decision: decision, ways: ways) : nil
  }

  /// The numbers of the ways of a conditional jump; nil for another one, and when one way leads out of the function.
  private func ways(_ jump: Instruction) -> (taken: PassCounts.Number, other: PassCounts.Number)? {
    guard case .conditionalJump(let target) = jump.flow,
      let taken = numbers.number(from: jump.address, to: target),
      let other = numbers.number(from: jump.address, to: jump.endAddress)
    else { return nil }
    return (taken, other)
  }

  /// Adds how often a test holds and fails where one reading of it is what statements say that are passed as often.
  private func settle(_ tested: Tested, _ result: inout CountObservations) -> Bool {
    let decision = tested.decision
    let total = tested.total
    let holds = result.numbers(of: decision.holds)
    let fails = result.numbers(of: decision.fails)
    let found = tested.readings.filter { holds.contains($0) || fails.contains(total &- $0) }
    guard found.count == 1, let number = found.first else { return false }
    // What is not tested as often as its statement is come to may be decided elsewhere, too: then its ways count no
    // more than a statement.
    let isWhole = result.numbers(of: decision.tested).first == total
    let source = isWhole ? CountObservations.Source.decisions : .statements
    if holds.contains(number) || !isWhole { result.add(decision.holds, [(number, [])], from: source) }
    if fails.contains(total &- number) || !isWhole {
      result.add(decision.fails, [(total &- number, [])], from: source)
    }
    return true
  }
}
