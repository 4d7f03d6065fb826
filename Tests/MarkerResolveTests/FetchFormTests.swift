import MarkerResolve
import Testing

/// The forms of fetch arguments: where memory is read, and as what.
@Suite("forms of values")
struct FetchFormTests {
  private static let line = "values.c:61"

  /// What expressions become on line 61 of values.c, where `t` is in %di.
  private static let forms: [(expression: String, fetch: String, type: String)] = [
    ("t->id", "+0(%di)", "u32"), ("t->negative", "+5(%di)", "s8"), ("t->inner.second", "+24(%di)", "s16"),
    // Bit fields: width, offset, bits of the container.
    ("t->low", "+4(%di)", "b3@16/32"), ("t->middle", "+4(%di)", "b7@19/32"),
    ("t->high", "+8(%di)", "b22@0/32"),
    ("t->wide", "+8(%di)", "b40@22/64"), ("t->top", "+16(%di)", "b24@0/64"),
    // Members of anonymous structures and unions.
    ("t->whole", "+32(%di)", "u64"), ("t->part1", "+34(%di)", "u16"),
    // Strings: what a pointer points at, and an array itself.
    ("t->name:string", "+0(+40(%di))", "string"), ("t->text:string", "+48(%di)", "string"),
    ("t->name", "+40(%di)", "x64"), ("*t->name", "+0(+40(%di))", "s8"),
    ("t->numbers", "+60(%di)", "s32[6]"), ("t->numbers[3]", "+72(%di)", "s32"),
    ("t->state", "+84(%di)", "s32"),
    ("t->flag", "+104(%di)", "u8"), ("*t->pointer", "+0(+112(%di))", "s64"), ("t->id:x32", "+0(%di)", "x32"),
    ("t->next->next->inner.second", "+24(+88(+88(%di)))", "s16"), ("&t->id", "%di", "x64"),
    ("container_of(t, struct thing, inner)->id", "-20(%di)", "u32"),
    ("((struct thing *)t->pointer)->small", "+4(+112(%di))", "u8"), ("(uint8_t)t->id", "+0(%di)", "u8"),
  ]

  @Test("each C expression has its form", arguments: ["-gdwarf-5", "-gdwarf-4", "-gdwarf-3"])
  func forms(_ version: String) throws {
    let scratch = try Scratch()
    let program = try Build(compiler: "gcc-12", options: ["-O2", "-g", version, "-gno-strict-dwarf"])
      .compile("values.c", ["-no-pie", "-fno-pie"], in: scratch)
    let list = Self.forms.enumerated().map { "t:m\($0.offset) \(Self.line) \($0.element.expression)" }
    let found = try resolve(program, list.joined(separator: "\n"))
    for (form, resolution) in zip(Self.forms, found) {
      let fetch = resolution.sites.first?.arguments.first?.fetch
      #expect(
        fetch?.expression == form.fetch && fetch?.type == form.type,
        "\(form.expression): \(String(describing: fetch))")
    }
  }

  @Test(
    "what has no form has a reason",
    arguments: [
      ("t->inner", "M207"), ("&t->low", "M207"), ("t->id->x", "M207"), ("t->nothere", "M206"),
      ("nothere", "M205"),
      ("t->id + 1", "M208"), ("f(t)", "M208"), ("t->numbers[t->low]", "M208"),
    ])
  func reasons(_ expression: String, _ code: String) throws {
    let scratch = try Scratch()
    let program = try Build(compiler: "gcc-12", options: ["-O2", "-g"])
      .compile("values.c", ["-no-pie", "-fno-pie"], in: scratch)
    let found = try resolve(program, "t:m \(Self.line) \(expression)")
    let argument = found[0].sites[0].arguments[0]
    #expect(argument.fetch == nil && argument.absence != nil)
    #expect(found[0].findings.contains { $0.kind.code == code }, "\(found[0].findings.map(\.kind.code))")
  }
}
