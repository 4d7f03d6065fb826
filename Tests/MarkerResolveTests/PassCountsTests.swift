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

  @Test("what comes into a block, and what goes out of it, has its number")
  func edges() throws {
    var random = Numbers(state: 11)
    var compared = 0
    for _ in 0..<100 {
      let graph = try graph(Int.random(in: 3...9, using: &random), &random)
      let numbers = try #require(PassCounts(graph))
      for block in graph.blocks.indices {
        guard let number = numbers.number(of: [UInt64(block)]) else { continue }
        let reached = graph.blocks[block].predecessors.compactMap {
          numbers.number(from: UInt64($0), to: UInt64(block))
        }
        if block != graph.entry { #expect(reached.reduce(.zero, &+) == number) }
        let left = graph.blocks[block].successors.compactMap {
          numbers.number(from: UInt64(block), to: UInt64($0))
        }
        if case .inside = graph.blocks[block].exit { #expect(left.reduce(.zero, &+) == number) }
        compared += 1
      }
      #expect(numbers.number(from: 0, to: UInt64(graph.blocks.count)) == nil)
    }
    #expect(compared > 200)
  }

  /// The calls of a function by name, each with how often it is made.
  private func counts(_ text: String) throws -> [String: CountForm] {
    let counts = try sourceCounts(text)
    var result = ["entry": counts.entry]
    for statement in counts.statements where statement.kind == .expression {
      for name in statement.calledNames { result[name] = counts.begins[statement] }
    }
    return result
  }

  private func sourceCounts(_ text: String) throws -> SourceCounts {
    let source = SourceFile(bytes: Array("void f(void) { \(text) }".utf8))
    let macros = MacroTable(library: SourceLibrary(isEnabled: false), paths: [])
    let function = try #require(source.functionBodies.first)
    return try #require(SourceCounts(function, in: source, flow: StatementFlow(macros: macros)))
  }

  @Test("each part of a condition is tested as often as those before it let it be")
  func decisions() throws {
    let text = "if (x && !(y || z)) a(); else b();"
    let tests = try sourceCounts(text).decisions
    let calls = try counts(text)
    #expect(tests.count == 3)
    #expect(tests[0].tested == calls["entry"] && tests[1].tested == tests[0].holds)
    #expect(tests[2].tested == tests[1].fails && tests[2].fails == calls["a"])
    #expect(tests[0].fails + tests[1].holds + tests[2].holds == calls["b"])
  }

  @Test(
    "a loop tests once more than it runs",
    arguments: ["while (x) a();", "for (; x; i++) a();", "do a(); while (x);"])
  func loops(_ text: String) throws {
    let calls = try counts(text)
    let tests = try sourceCounts(text).decisions
    #expect(tests.count == 1 && tests[0].fails == calls["entry"])
    #expect(tests[0].tested == tests[0].holds + tests[0].fails)
    #expect((tests[0].tested == calls["a"]) == text.hasPrefix("do"))
  }

  @Test("what fits others is believed rather than what does not")
  func weights() throws {
    let (whole, part) = (CountForm(unknown: 0), CountForm(unknown: 1))
    var observations = CountObservations()
    // The first one is wrong: as many statements say so as say what fits.
    observations.add(whole, [([3, 30], [])], from: .statements)
    observations.add(whole, [([9, 90], [])], from: .decisions)
    observations.add(part, [([7, 70], [])], from: .statements)
    observations.add(part, [([7, 70], [])], from: .decisions)
    observations.add(whole - part, [([2, 20], [])], from: .statements)
    observations.order()
    observations.weigh()
    #expect(observations.known(whole)?.number == [9, 90])
    #expect(observations.answer(for: part)?.number == [7, 70])
    #expect(observations.groups[0].weight < observations.groups[1].weight)
  }

  @Test("a number stands ahead when more statements give it than all others together")
  func standing() {
    let form = CountForm(unknown: 0)
    var observations = CountObservations()
    for number in [1, 1, 2, 3, 1, 1, 4] as [UInt64] {
      observations.add(form, [([number, number], [number])], from: .statements)
    }
    observations.order()
    #expect(observations.standing(of: [1, 1], for: form) == .ahead)
    #expect(observations.standing(of: [2, 2], for: form) == .behind)
    #expect(observations.standing(of: [5, 5], for: form) == nil)
    observations.add(form, [([4, 4], [4])], from: .statements)
    #expect(observations.standing(of: [1, 1], for: form) == .level)
    #expect(observations.votes(for: [1, 1], of: form) == 4)
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
