import Foundation
import MarkerResolve
import Testing

/// Runs a program under gdb and reads, at every site, what gdb says of the expression and what the fetch argument
/// reads there. gdb has its own reader of DWARF: it is the witness.
struct Witness {
  struct Reading: CustomStringConvertible {
    let marker: String
    let expression: String
    let fetch: FetchArgument
    /// Whether the argument is claimed to be right.
    let isClaimed: Bool
    /// 64 bits as an unsigned number; nil when gdb has no value.
    let expected: String?
    let fetched: String?

    var description: String { "\(marker) \(expression) = \(fetch.expression):\(fetch.type)" }
  }

  let scratch: Scratch
  let gdb: GdbSyntax

  /// The readings of all arguments at the first hit of each site, in order of address.
  func readings(of program: String, _ resolutions: [MarkerResolution]) throws -> [Reading] {
    var wanted: [(marker: String, argument: ArgumentResolution, fetch: FetchArgument)] = []
    var script = Self.prologue
    for resolution in resolutions {
      for site in resolution.sites {
        for argument in site.arguments {
          guard let fetch = argument.fetch, let read = gdb.expression(of: fetch) else { continue }
          let isText = fetch.type == "string" ? "True" : "False"
          script +=
            "ask(\(site.address), \(wanted.count), r'''\(argument.expression)''', r'''\(read)''', \(isText))\n"
          wanted.append((resolution.record.name, argument, fetch))
        }
      }
    }
    let file = scratch.path("witness.py")
    try (script + "go()\n").write(toFile: file, atomically: true, encoding: .utf8)
    let output = try run(
      Self.unblocked + ["timeout", "60", "gdb", "-batch", "-nx", "-x", file, program], in: scratch)
    return output.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "|").map(String.init)
      guard fields.count == 4, fields[0] == "reading", let index = Int(fields[1]) else { return nil }
      let (marker, argument, fetch) = wanted[index]
      return Reading(
        marker: marker, expression: argument.expression, fetch: fetch, isClaimed: argument.status == .ok,
        expected: fields[2] == "-" ? nil : fields[2], fetched: fields[3] == "-" ? nil : fields[3])
    }
  }

  /// How often a run of the program passes each address; an address that it never passes may be missing.
  static func passes(of program: String, _ addresses: Set<UInt64>, in scratch: Scratch) throws -> [UInt64:
    Int]
  {
    let file = scratch.path("passes.py")
    let points = addresses.sorted().map { "'*\($0)'" }.joined(separator: ", ")
    let script = """
      import gdb
      points = [gdb.Breakpoint(at) for at in [\(points)]]
      for point in points:
          point.ignore_count = 1 << 30
      gdb.execute('run > /dev/null')
      for point in points:
          print('passes|%s|%d' % (point.location[1:], point.hit_count))

      """
    try script.write(toFile: file, atomically: true, encoding: .utf8)
    let output = try run(
      unblocked + ["timeout", "60", "gdb", "-batch", "-nx", "-x", file, program], in: scratch)
    var result: [UInt64: Int] = [:]
    for line in output.split(separator: "\n") {
      let fields = line.split(separator: "|")
      guard fields.count == 3, fields[0] == "passes", let address = UInt64(fields[1]) else { continue }
      result[address] = Int(fields[2])
    }
    return result
  }

  /// gdb waits for SIGCHLD, which the test's threads block and a child inherits blocked.
  private static let unblocked = [
    "python3", "-c",
    "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); os.execvp(sys.argv[1], sys.argv[1:])",
  ]

  private static let prologue = """
    import gdb
    gdb.execute('set pagination off')
    asked = {}
    def ask(*request):
        asked.setdefault(request[0], []).append(request[1:])
    def number(value):
        return str(int(value) & (2 ** 64 - 1))
    def value(text, is_text):
        try:
            found = gdb.parse_and_eval(text)
            if is_text:
                return found.string()
            if found.type.strip_typedefs().code == gdb.TYPE_CODE_ARRAY:
                return ' '.join(number(found[i]) for i in range(found.type.range()[1] + 1))
            return number(found)
        except (gdb.error, gdb.MemoryError):
            return '-'
    def go():
        for address in asked:
            gdb.Breakpoint('*%d' % address)
        gdb.execute('run > /dev/null')
        seen = set()
        while gdb.selected_inferior().pid:
            pc = gdb.selected_frame().pc()
            if pc not in seen:
                seen.add(pc)
                for index, expression, fetch, is_text in asked.get(pc, []):
                    print('reading|%d|%s|%s' % (index, value(expression, is_text), value(fetch, is_text)))
            gdb.execute('continue')

    """
}

/// Fetch arguments in gdb's syntax, x86.
struct GdbSyntax {
  /// What makes a full register of tracefs' name: `r` for x86-64, `e` for x86.
  let registerPrefix: String

  /// An expression whose value is what the kernel would print; nil for what is read in another way.
  func expression(of fetch: FetchArgument) -> String? {
    if fetch.type == "string" { return address(fetch.expression).map { "((char *)(\($0)))" } }
    if let match = fetch.type.wholeMatch(of: /([usx])(8|16|32|64)\[(\d+)\]/), let bits = Int(match.2) {
      let type = integer(String(match.1), bits)
      return address(fetch.expression).map { "(*(\(type) (*)[\(match.3)])(\($0)))" }
    }
    if let match = fetch.type.wholeMatch(of: /b(\d+)@(\d+)\/(\d+)/) {
      guard let width = Int(match.1), let bits = Int(match.3) else { return nil }
      let container = typed(fetch.expression, type: integer("u", bits))
      return "((\(container) >> \(match.2)) & \((UInt64(1) << UInt64(width)) &- 1)ul)"
    }
    guard let match = fetch.type.wholeMatch(of: /([usx])(8|16|32|64)/), let bits = Int(match.2) else {
      return nil
    }
    return typed(fetch.expression, type: integer(String(match.1), bits))
  }

  private func integer(_ style: String, _ bits: Int) -> String {
    let name = [8: "char", 16: "short", 32: "int", 64: "long long"][bits] ?? "long long"
    return (style == "s" ? "signed " : "unsigned ") + name
  }

  private func typed(_ text: String, type: String) -> String {
    if let place = address(text) { return "(*(\(type) *)(\(place)))" }
    return "((\(type))(\(word(text))))"
  }

  /// A register, a constant or a word of memory.
  private func word(_ text: String) -> String {
    if text.hasPrefix("\\") { return String(text.dropFirst()) + "L" }
    if text.hasPrefix("%") {
      let name = text.dropFirst()
      return "(unsigned long)$" + (name.first == "r" ? String(name) : registerPrefix + name)
    }
    return "*(unsigned long *)(\(address(text) ?? "0"))"
  }

  /// Where `+8(…)` or `@0x…` reads; nil for what is no memory.
  private func address(_ text: String) -> String? {
    if text.hasPrefix("@") { return "\(text.dropFirst())ul" }
    guard let match = text.wholeMatch(of: /([+-]\d+)\((.*)\)/) else { return nil }
    return "\(word(String(match.2))) \(match.1)"
  }
}
