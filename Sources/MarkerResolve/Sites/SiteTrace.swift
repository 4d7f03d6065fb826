import CSource
import Elfutils

/// Says in lines of text how the sites of a marker were found: for `markers show`.
struct SiteTrace {
  let search: SiteSearch

  func lines() -> [String] {
    var result: [String] = []
    if let placement = search.placement {
      result.append("in \(placement.function.name), \(placement.block.role) \(range(placement.block.extent))")
      result.append("  previous: \(describe(placement.previous))")
      result.append("  next: \(describe(placement.next))")
    } else {
      result.append("no source for \(search.path)")
    }
    for origin in search.origins { result.append("function \(origin.name), declared on line \(origin.line)") }
    for outcome in search.outcomes { result += lines(of: outcome) }
    return result
  }

  private func lines(of outcome: InstanceOutcome) -> [String] {
    let ranges = outcome.instance.die.ranges.map { MarkerResolve.describe($0) }.joined(separator: " ")
    var result = ["body \(outcome.instance.isInlined ? "inlined" : "out of line") \(ranges)"]
    for evidence in outcome.evidence {
      for variant in evidence.variants {
        let places = variant.map { "0x\(String($0.address, radix: 16))/\($0.view)" }
        result.append("  \(evidence.kind.sentence), line \(evidence.line): \(places.joined(separator: " "))")
      }
    }
    result.append("  choice: \(choice(outcome.choice))")
    return result + outcome.doubts.map { "  doubt: \($0.words)" }
  }

  private func choice(_ choice: SiteChoice) -> String {
    switch choice {
    case .sites(let chosen):
      "\(chosen.kind.sentence), line \(chosen.line); \(chosen.agreements) others agree, "
        + "\(chosen.contradictions.count) do not"
    case .dead: "none: nothing of the marker's block is left in this body"
    case .elsewhere: "none: the function was split, and the marker is in its other part"
    case .lost: "none: code of the block is left, but nothing stands for the marker"
    }
  }

  private func describe(_ statement: Statement?) -> String {
    guard let statement else { return "none" }
    return "\(statement.kind) \(range(statement.extent))"
  }

  private func range(_ extent: SourceExtent?) -> String {
    extent.map { "\($0.start.line):\($0.start.column)-\($0.end.line):\($0.end.column)" } ?? "?"
  }
}
