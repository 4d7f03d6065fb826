import Elfutils
import InstructionDecoder
import Testing

@testable import CSource
@testable import MarkerResolve

@Suite("how often places are passed")
struct PassCountsTests {
  /// A fixed sequence of numbers.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  /// A function of one-byte instructions, each a block that goes on anywhere.
  private func graph(_ count: Int, _ numbers: inout Numbers) throws -> FlowGraph {
    let bytes = [UInt8](repeating: 0x90, count: count)
    let decoder = try InstructionDecoder(architecture: .amd64)
    let instructions = bytes.withUnsafeBytes { decoder.disassemble($0, at: 0) }
    var blocks = (0..<count).map { index in
      let successors = Set(
        (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
          Int.random(in: 0..<count, using: &numbers)
        })
      let ends: BasicBlock.Exit =
        successors.isEmpty ? (Bool.random(using: &numbers) ? .leaves : .stops) : .inside
      return BasicBlock(instructions: index..<index + 1, successors: successors.sorted(), exit: ends)
    }
    for block in blocks.indices {
      for successor in blocks[block].successors { blocks[successor].predecessors.append(block) }
    }
    return FlowGraph(instructions: instructions, blocks: blocks, entry: 0)
  }

  @Test("numbers are equal exactly when potentials exist")
  func numbers() throws {
    var random = Numbers(state: 7)
    var equal = 0
    for _ in 0..<300 {
      let graph = try graph(Int.random(in: 3...9, using: &random), &random)
      let numbers = try #require(PassCounts(graph))
      for _ in 0..<60 {
        func some() -> Set<UInt64> {
          Set(
            (0..<Int.random(in: 1...2, using: &random)).map { _ in
              UInt64.random(in: 0..<UInt64(graph.blocks.count), using: &random)
            })
        }
        let (left, right) = (some(), some())
        guard left != right, let first = numbers.number(of: left), let second = numbers.number(of: right)
        else {
          continue
        }
        #expect(
          (first == second) == (graph.balance(left, right) == .equal), "\(graph.blocks) \(left) \(right)")
        equal += first == second ? 1 : 0
      }
    }
    #expect(equal > 300, "the case is too rare to be tested: \(equal)")
  }

  /// The calls of a function by name, each with how often it is made.
  private func counts(_ text: String) throws -> [String: CountForm] {
    let source = SourceFile(bytes: Array("void f(void) { \(text) }".utf8))
    let macros = MacroTable(library: SourceLibrary(isEnabled: false), paths: [])
    let function = try #require(source.functionBodies.first)
    let counts = try #require(SourceCounts(function, in: source, flow: StatementFlow(macros: macros)))
    var result = ["entry": counts.entry]
    for statement in counts.statements where statement.kind == .expression {
      for name in statement.calledNames { result[name] = counts.begins[statement] }
    }
    return result
  }

  @Test(
    "the source says what is passed equally often",
    arguments: [
      ("a(); if (x) b(); c();", [["entry", "a", "c"], ["b"]]),
      ("if (x) { a(); return; } b();", [["entry"], ["a"], ["b"]]),
      ("while (x) { a(); if (y) break; b(); } c();", [["entry", "c"], ["a"], ["b"]]),
      ("for (;;) { a(); if (x) return; b(); }", [["entry"], ["a"], ["b"]]),
      ("switch (x) { case 1: a(); break; default: b(); } c();", [["entry", "c"], ["a"], ["b"]]),
      ("switch (x) { case 1: a(); case 2: b(); } c();", [["entry", "c"], ["a"], ["b"]]),
      ("a(); again: b(); if (x) goto again; c();", [["entry", "a", "c"], ["b"]]),
      ("if (x) goto out; a(); out: b();", [["entry", "b"], ["a"]]),
      ("do { a(); } while (0); b();", [["entry", "a", "b"]]),
      ("do { a(); if (x) continue; b(); } while (y); c();", [["entry", "c"], ["a"], ["b"]]),
      ("if (x) { a(); } else { b(); return; } c();", [["entry"], ["a", "c"], ["b"]]),
      // What may jump where the text does not show, or not be compiled, tells nothing of what is behind it.
      ("a();\n#ifdef X\nreturn;\n#endif\nb(); c();", [["entry", "a"], ["b", "c"]]),
      ("if (x) goto *p; l: a(); b();", [["entry"], ["a", "b"]]),
      ("asm goto(\"\" : : : : out); a(); out: b();", [["entry"], ["a"], ["b"]]),
      ("x = ({ if (y) return; l: z; }); a();", [["entry"], ["a"]]),
    ])
  func forms(_ text: String, _ classes: [[String]]) throws {
    let counts = try counts(text)
    for names in classes { #expect(Set(names.map { counts[$0] }).count == 1, "\(names) in \(text)") }
    #expect(Set(classes.map { counts[$0[0]] }).count == classes.count, "\(text)")
  }

  @Test("a sum that only holds together is solved")
  func sums() throws {
    var system = CountSystem()
    let (whole, part) = (CountForm(unknown: 0), CountForm(unknown: 1))
    system.add(whole, [9, 90], votes: 4, index: 0)
    #expect(system.answer(for: part) == nil)
    system.add(whole - part, [2, 20], votes: 1, index: 1)
    let answer = try #require(system.answer(for: part))
    #expect(answer.number == [7, 70] && answer.votes == 1 && answer.terms == [0: 1, 1: -1])
    // What contradicts earlier knowledge is left out.
    system.add(part, [1, 1], votes: 1, index: 2)
    #expect(system.answer(for: part)?.number == [7, 70])
  }

  @Test(
    "what is nested too deeply or too long is no crash and no work without end", .timeLimit(.minutes(1)),
    arguments: [
      String(repeating: "if (x) {", count: 240) + "a();" + String(repeating: "}", count: 240),
      String(repeating: "if (x) return;", count: 10_000),
      "x = ({" + String(repeating: "if (x) a(); else ", count: 10_000) + "b(); });",
    ])
  func size(_ text: String) throws {
    let source = SourceFile(bytes: Array("void f(void) { \(text) }".utf8))
    let macros = MacroTable(library: SourceLibrary(isEnabled: false), paths: [])
    #expect(SourceCounts(source.functionBodies[0], in: source, flow: StatementFlow(macros: macros)) == nil)
  }
}
