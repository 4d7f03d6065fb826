import Testing

@testable import CSource

/// "role previous>next" with the lines of the two statements, or "outside".
private func place(_ source: String, _ line: Int, named name: String? = nil) -> String {
  let file = SourceFile(bytes: Array(source.utf8))
  guard let placement = file.placement(at: line, name: name) else { return "outside" }
  func spell(_ statement: Statement?) -> String {
    statement.map { "\($0.kind)@\($0.extent.start.line)" } ?? "-"
  }
  return "\(placement.block.role) \(spell(placement.previous)) \(spell(placement.next))"
}

private let marked = """
  int f(int a)
  {
    int b;
    MARKER(one, a);
    int c = a;
    for (b = 0; b < a; b++) {
      if (b)
        MARKER(two);
      else {
        g(b);
        MARKER(three,
          b);
        MARKER(four); MARKER_IN(p, five);
      }
      MARKER(six);
    }
    switch (a) {
    case 1:
      MARKER(seven);
      return 1;
    default: {
      MARKER(eight);
    }
    }
    MARKER(nine);
  }
  """

@Suite struct PlacementTests {
  @Test(arguments: [
    (4, "function declaration@3 declaration@5"),
    (8, "thenBranch - -"),
    (11, "elseBranch expression@10 -"),
    (12, "elseBranch expression@10 -"),
    (13, "elseBranch expression@10 -"),
    (15, "forBody if@7 -"),
    (19, "switchBody caseLabel@18 return@20"),
    (22, "compound - -"),
    (25, "function switch@17 -"),
  ]) func markers(_ line: Int, _ expected: String) {
    #expect(place(marked, line) == expected)
  }

  @Test func markersOnOneLineAreToldApartByName() {
    let file = SourceFile(bytes: Array(marked.utf8))
    #expect(file.markers(at: 13).count == 2)
    #expect(file.placement(at: 13, name: "five")?.marker?.name == "MARKER_IN")
    #expect(file.placement(at: 13, name: "four")?.marker?.name == "MARKER")
    #expect(file.placement(at: 12)?.marker?.extent.lines == 11...12)
  }

  @Test func successors() {
    let file = SourceFile(bytes: Array(marked.utf8))
    func successor(_ line: Int) -> String {
      switch file.placement(at: line)?.successor {
      case .statement(let statement): "statement@\(statement.extent.start.line)"
      case .loopStep(let loop): "step@\(loop.extent.start.line)"
      case .loopCondition(let loop): "condition@\(loop.extent.start.line)"
      case .enclosingExpression(let statement): "expression@\(statement.extent.start.line)"
      case .functionEnd: "end"
      case .unknown(let statement): "unknown@\(statement.extent.start.line)"
      case nil: "outside"
      }
    }
    #expect(successor(8) == "step@6")
    #expect(successor(12) == "step@6")
    #expect(successor(15) == "step@6")
    #expect(successor(19) == "statement@20")
    #expect(successor(22) == "end")
    #expect(successor(25) == "end")
    #expect(file.placement(at: 22)?.caseLabel?.kind == .defaultLabel)
    #expect(file.placement(at: 19)?.caseLabel?.extent.start.line == 18)
    #expect(file.placement(at: 4)?.caseLabel == nil)
    #expect(file.placement(at: 4)?.following.map(\.extent.start.line) == [5, 6, 17])
  }

  private static let plain = """
    int f(int a)
    {
      int b;

      b = g(a,
            1);
      if (b &&
          a) {
        h();

      } else {
        i();
      }
    out:
      j(); k();
      while (a)
        l();
      /* the end */
    }
    int x;
    """

  @Test(arguments: [
    (1, "function - declaration@3"),
    (3, "function - declaration@3"),
    (4, "function declaration@3 expression@5"),
    (5, "function declaration@3 expression@5"),
    (6, "function expression@5 if@7"),
    (7, "function expression@5 if@7"),
    (8, "thenBranch - expression@9"),
    (9, "thenBranch - expression@9"),
    (10, "thenBranch expression@9 -"),
    (11, "elseBranch - expression@12"),
    (13, "function if@7 label@14"),
    (14, "function label@14 expression@15"),
    (15, "function label@14 expression@15"),
    (17, "whileBody - expression@17"),
    (18, "function while@16 -"),
    (19, "function while@16 -"),
    (20, "outside"), (0, "outside"), (-5, "outside"), (99, "outside"),
  ]) func linesWithoutMarker(_ line: Int, _ expected: String) {
    #expect(place(Self.plain, line) == expected)
  }

  @Test func otherNamesMayBeMarkers() {
    let source = "void f(void) {\n a();\n PROBE(x);\n b();\n}"
    let file = SourceFile(bytes: Array(source.utf8), markers: MarkerSpelling(alsoNamed: ["PROBE"]))
    #expect(file.placement(at: 3)?.marker?.name == "PROBE")
    #expect(file.placement(at: 2)?.next?.nextOrdinary?.extent.start.line == 4)
  }
}
