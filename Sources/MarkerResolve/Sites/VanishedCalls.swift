import CSource
import Elfutils
import InstructionDecoder

/// The calls of a function that its file writes and that left nothing in a body of their caller: no call and no inlined
/// body. Of instructions that LLVM merges with those of another copy it drops the lines, and with them the inlined
/// bodies.
struct VanishedCalls {
  let file: MarkedFile
  let machines: MachineFunctions

  /// Whether code of the function may be where nothing tells of it.
  func exist(of origin: FunctionOrigin) -> Bool {
    if let known = file.vanished[origin.offset] { return known }
    // A function that calls itself by way of others is answered for by them.
    file.vanished[origin.offset] = false
    let found = search(origin)
    file.vanished[origin.offset] = found
    return found
  }

  private func search(_ origin: FunctionOrigin) -> Bool {
    uses(of: origin.name).contains { caller, lines in
      origins(of: caller).contains { other in
        guard other.offset != origin.offset else { return false }
        let bodies = file.unit.functions.instances(of: other.offset)
        if bodies.contains(where: { body in lines.contains { isGone(origin, $0, count: $1, body) } }) {
          return true
        }
        let isInlined = bodies.contains { body in lines.keys.contains { inlined(origin, $0, body) > 0 } }
        return isInlined && exist(of: other)
      }
    }
  }

  /// Whether a body of a caller has fewer calls of the function from a line than are written there.
  private func isGone(_ origin: FunctionOrigin, _ line: Int, count: Int, _ body: Int) -> Bool {
    let found = inlined(origin, line, body)
    if found >= count { return false }
    let container = file.unit.functions.instances[file.unit.functions.instances[body].container].die
    guard let graph = machines.function(container).graph else { return false }
    return found + calls(from: line, body, graph) < count && !graph.calls(anyOf: entries(of: origin))
  }

  private func inlined(_ origin: FunctionOrigin, _ line: Int, _ body: Int) -> Int {
    let table = file.unit.functions
    return table.children(of: body).count { child in
      table.instances[child].originOffset == origin.offset
        && table.instances[child].die.unsigned(.callLine).map { Int(clamping: $0) } == line
    }
  }

  private func calls(from line: Int, _ body: Int, _ graph: FlowGraph) -> Int {
    let lines = file.unit.lines
    let instances = file.instances(in: file.unit.functions.instances[body].container)
    let found = file.rows(onLine: line).flatMap { index -> [UInt64] in
      guard instances.innermost(lines.rows[index].address) == body else { return [] }
      return graph.instructions(from: lines.rows[index].address, to: lines.end(ofRow: index))
        .filter(graph.isCall).map(\.address)
    }
    return Set(found).count
  }

  /// Where the function's bodies out of line begin.
  private func entries(of origin: FunctionOrigin) -> Set<UInt64> {
    let table = file.unit.functions
    return Set(
      table.instances(of: origin.offset).filter { !table.instances[$0].isInlined }
        .compactMap { table.instances[$0].die.entryPC })
  }

  // MARK: source

  /// The functions that call one by name, with the lines of the calls and how many there are on each.
  private func uses(of name: String) -> [FunctionBody: [Int: Int]] {
    let direct = (file.nameUses[name] ?? []).filter { _, use in
      use.isCalled || use.enclosing.map { file.macros.callsParameter($0) } ?? false
    }
    let byMacro = file.nameUses.filter { file.macros.mentions(name, in: $0.key) }.flatMap(\.value)
    var result: [FunctionBody: [Int: Int]] = [:]
    for (function, use) in direct + byMacro { result[function, default: [:]][use.line, default: 0] += 1 }
    return result
  }

  private func origins(of function: FunctionBody) -> [FunctionOrigin] {
    let lines = function.extent.lines
    return file.unit.functions.origins.filter {
      file.numbers.contains($0.file) && lines.contains(Int($0.line))
    }
  }
}

extension FlowGraph {
  /// Whether some instruction calls one of the addresses, or jumps out of the function to it.
  fileprivate func calls(anyOf addresses: Set<UInt64>) -> Bool {
    instructions.contains { isCall($0) && $0.flow.target.map { addresses.contains($0) } ?? false }
  }
}
