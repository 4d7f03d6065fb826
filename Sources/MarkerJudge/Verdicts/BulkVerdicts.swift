import Dispatch
public import InstructionDecoder
import Synchronization

/// A verdict with the obstacle to the probe's optimisation in words.
public struct ExplainedVerdict: Sendable, Hashable {
  public let verdict: ProbeVerdict
  /// Why the probe is not optimised; nil when it is, or when the kernel does not optimise probes.
  public let obstacle: String?
  /// Whether probes like this one can be optimised at all: not those of programs, nor of kernels without
  /// CONFIG_OPTPROBES, which arm64 never has.
  public let canBeOptimised: Bool
}

extension KernelRules {
  /// What the kernel makes of probes at many addresses, judged on all processors; in the order of the addresses.
  public func verdicts(at addresses: [UInt64]) throws(InstructionDecoderError) -> [ExplainedVerdict] {
    // Addresses of one function go to one judge, so that it decodes the function once.
    let order = addresses.indices.sorted { (addresses[$0], $0) < (addresses[$1], $1) }
    let size = max(64, (order.count + 15) / 16)
    let pieces = stride(from: 0, to: order.count, by: size).map { order[$0..<min(order.count, $0 + size)] }
    let results = Mutex(Gathered(pieces: Array(repeating: [], count: pieces.count)))
    let model = self.model
    DispatchQueue.concurrentPerform(iterations: pieces.count) { number in
      do throws(InstructionDecoderError) {
        let judged = try Self.judge(pieces[number], of: addresses, model)
        results.withLock { $0.pieces[number] = judged }
      } catch {
        results.withLock { $0.failure = error }
      }
    }
    let gathered = results.withLock { $0 }
    if let failure = gathered.failure { throw failure }
    return Self.inOrder(gathered.pieces, pieces, count: addresses.count)
  }

  private struct Gathered {
    var pieces: [[ExplainedVerdict]]
    var failure: InstructionDecoderError?
  }

  /// Puts the verdicts of the pieces back into the order of the addresses.
  private static func inOrder(
    _ verdicts: [[ExplainedVerdict]], _ pieces: [ArraySlice<Int>], count: Int
  ) -> [ExplainedVerdict] {
    var places = [(piece: Int, index: Int)](repeating: (0, 0), count: count)
    for (piece, indexes) in pieces.enumerated() {
      for (index, place) in indexes.enumerated() { places[place] = (piece, index) }
    }
    return places.map { verdicts[$0.piece][$0.index] }
  }

  private static func judge(
    _ piece: ArraySlice<Int>, of addresses: [UInt64], _ model: KernelModel
  ) throws(InstructionDecoderError) -> [ExplainedVerdict] {
    let judge = try KernelJudge(model)
    return piece.map { index in
      let verdict = judge.verdict(at: addresses[index])
      return ExplainedVerdict(
        verdict: verdict, obstacle: judge.explanation(of: verdict.obstacle),
        canBeOptimised: model.kernel.features.optprobes)
    }
  }
}
