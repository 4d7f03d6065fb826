import Testing

@testable import MarkerScan

/// The parsed expression in a Lisp-like spelling that tests can read; nil when there is none.
private func spelled(_ text: String) -> String? {
  func type(_ type: TypeName) -> String {
    [type.tag?.rawValue, type.name].compactMap { $0 }.joined(separator: " ")
      + String(repeating: "*", count: type.pointerDepth)
  }
  func spell(_ expression: Expression) -> String {
    switch expression {
    case .variable(let name): name
    case .integer(let value): String(value)
    case .member(let base, let name): "(. \(spell(base)) \(name))"
    case .arrow(let base, let name): "(-> \(spell(base)) \(name))"
    case .element(let base, let index): "([] \(spell(base)) \(index))"
    case .dereference(let operand): "(* \(spell(operand)))"
    case .addressOf(let operand): "(& \(spell(operand)))"
    case .cast(let name, let operand): "(cast \(type(name)) \(spell(operand)))"
    case .containerOf(let pointer, let name, let member): "(of \(spell(pointer)) \(type(name)) \(member))"
    }
  }
  return Capture(parsing: text).expression.map(spell)
}

@Suite struct CaptureTests {
  @Test(arguments: [
    ("cmd->device->host->host_no", "(-> (-> (-> cmd device) host) host_no)"),
    ("*p->x[3].y", "(* (. ([] (-> p x) 3) y))"),
    ("&(*p).list.next", "(& (. (. (* p) list) next))"),
    ("**argv", "(* (* argv))"),
    ("a [ 2 * (3 + 1) - 1 ]", "([] a 7)"),
    ("a[-1]", "([] a -1)"),
    ("a[0x10UL]", "([] a 16)"),
    ("a[010]", "([] a 8)"),
    ("a['\\n']", "([] a 10)"),
    ("((struct foo *)x)->bar", "(-> (cast struct foo* x) bar)"),
    ("(struct foo const * const *)x", "(cast struct foo** x)"),
    ("(unsigned long)&x", "(cast unsigned long (& x))"),
    ("(u32)*p", "(cast u32 (* p))"),
    ("(u8 __user *)p + 0", nil),
    ("(foo_t *)p", "(cast foo_t* p)"),
    ("(foo)(x)", "(cast foo x)"),
    ("(foo)->x", "(-> foo x)"),
    ("((foo)).x", "(. foo x)"),
    ("(void *)0xffffffffffffffff", "(cast void* -1)"),
    ("container_of(work, struct foo, w)->id", "(-> (of work struct foo w) id)"),
    ("list_entry(p->list.next, struct a, b.c)->d", "(-> (of (. (-> p list) next) struct a b.c) d)"),
    (
      "container_of(rb_entry(n, struct in, node), struct out, in)->x",
      "(-> (of (of n struct in node) struct out in) x)"
    ),
    ("-5", "-5"), ("~0", "-1"), ("'a'", "97"), ("'\\0'", "0"), ("'\\x41'", "65"), ("1 << 4 | 1", "17"),
    ("2 + 3 * 4", "14"), ("__extension__ x", "x"), ("p /* the page */ -> flags", "(-> p flags)"),
  ]) func expression(_ text: String, _ expected: String?) {
    #expect(spelled(text) == expected)
  }

  @Test(arguments: [
    "f(x)", "x->f(1)", "a ? b : c", "a + b", "a * b", "(a) * b", "-a", "!a", "a == b", "a = b == c",
    "a.b = c",
    "a++", "--a", "sizeof(x)", "\"text\"", "1.5", "1e3", "0x1p3", "a[i]", "a[i + 1]", "(struct x){ 1 }",
    "({ a; })", "a && b", "&&label", "(a, b)", "(typeof(x))y", "1 / 0", "9223372036854775807 + 1",
    "99999999999999999999", "'ab'", "(int (*)(void))f", "(a = b)",
  ]) func unsupported(_ text: String) {
    let parsed = CaptureParser(Array(text.utf8)).captures()
    #expect(parsed.allSatisfy { $0.capture.expression == nil && $0.capture.unsupported != nil })
    #expect(parsed.contains { $0.problem?.kind == .unsupported })
  }

  @Test(arguments: [
    "", "a->", "a.", "(a", "a)", "a[", "a[]", "a b", "->a", "a:", "a:u33", "a:string[0]", "a:u8[65]",
    "a:u8[x]",
    "a:u8 u8", "label=", "0x", "08", "1z", "@a", "a->1", "'a", "`",
  ]) func malformed(_ text: String) {
    let parser = CaptureParser(Array(text.utf8))
    let parsed = parser.capture(of: 0..<parser.text.tokens.count, emptyAt: 0)
    #expect(parsed.problem?.kind == .malformed)
    #expect(parsed.capture.expression == nil)
  }

  @Test func labelsAndFormats() {
    let captures = Capture.list(
      "host = cmd->host_no : u32, name:string[2], x:s, s:symbol, b:x8 [16],y:ustring")
    #expect(captures.map(\.label) == ["host", nil, nil, nil, nil, nil])
    #expect(captures.map(\.expressionText) == ["cmd->host_no", "name", "x", "s", "b", "y"])
    #expect(captures.map(\.text).first == "host = cmd->host_no : u32")
    #expect(
      captures.map(\.format) == [
        CaptureFormat(base: .integer(.unsigned, bits: 32), count: nil),
        CaptureFormat(base: .string, count: 2),
        CaptureFormat(base: .style(.signed), count: nil),
        CaptureFormat(base: .symbol, count: nil),
        CaptureFormat(base: .integer(.hexadecimal, bits: 8), count: 16),
        CaptureFormat(base: .ustring, count: nil),
      ])
    #expect(captures.allSatisfy { $0.expression != nil })
  }

  @Test func colonsOfConditionalsAreNoFormats() {
    #expect(Capture(parsing: "a ? b : c").format == nil)
    let capture = Capture(parsing: "a ? b : c:u8")
    #expect(capture.format == CaptureFormat(base: .integer(.unsigned, bits: 8), count: nil))
    #expect(capture.expressionText == "a ? b : c")
    #expect(Capture(parsing: "a == b").label == nil)
  }

  @Test func commasInBracketsSeparateNothing() {
    let texts = Capture.list("f(a, b), c[1, 2], \"x, \\\", y\", ',', d").map(\.text)
    #expect(texts == ["f(a, b)", "c[1, 2]", "\"x, \\\", y\"", "','", "d"])
    #expect(Capture.list("  \t ").isEmpty)
    #expect(Capture.list("a,,b,").map(\.expressionText) == ["a", "", "b", ""])
  }

  @Test func labelsHaveALimit() {
    #expect(Capture(parsing: String(repeating: "l", count: 31) + "=x").expression == .variable("x"))
    #expect(Capture(parsing: String(repeating: "l", count: 32) + "=x").expression == nil)
  }

  @Test(arguments: ["(", "*", "a[", "&*", "(struct x *)", "container_of(", "-", "a,", "a->b.", "1+"])
  func hostileRepetitionEnds(_ piece: String) {
    let captures = Capture.list(String(repeating: piece, count: 30_000) + "x")
    #expect(captures.allSatisfy { $0.expression != nil || $0.unsupported != nil })
    #expect(captures.first?.expression == nil || piece == "a,")
  }

  @Test func longChainsAreRefused() {
    let chain = "a" + String(repeating: "->b", count: 100_000)
    #expect(Capture(parsing: chain).unsupported == "the expression has more than 128 parts")
  }
}
