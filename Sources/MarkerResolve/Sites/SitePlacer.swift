import Elfutils

/// Decides where the probe of a found site goes: at the address found, or at a neighbour in the same block that is
/// passed exactly as often and where every argument reads the same.
struct SitePlacer {
  let found: FoundSite
  let machine: Machine

  func place(_ arguments: [ArgumentResolution]) -> (address: UInt64, arguments: [ArgumentResolution]) {
    guard let graph = found.machine.graph else { return (found.address, arguments) }
    let transport = ValueTransport(graph: graph, machine: machine)
    func keeps(_ argument: ArgumentResolution, at address: UInt64) -> Bool {
      argument.fetch.map { transport.survives($0, from: address, to: found.moment.address) } ?? true
    }
    if graph.isPoorPlace(found.address) {
      let better = graph.earlierInBlock(found.address).prefix(8).first { address in
        !graph.isPoorPlace(address) && arguments.allSatisfy { keeps($0, at: address) }
      }
      if let better { return (better, arguments) }
    }
    if found.address == found.moment.address { return (found.address, arguments) }
    let moved = arguments.map { argument in
      keeps(argument, at: found.address) ? argument : argument.withheld
    }
    return (found.address, moved)
  }
}

extension ArgumentResolution {
  /// The argument without a value: what it would read changes between the probe and the marker.
  fileprivate var withheld: ArgumentResolution {
    ArgumentResolution(
      name: name, expression: expression, fetch: nil, status: .none,
      absence: .uncertain("it changes between the probed instruction and the marker"))
  }
}
