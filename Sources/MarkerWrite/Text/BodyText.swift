internal import MarkerResolve

/// One body of a marked function in lines of text.
struct BodyText {
  let style: TextStyle
  let trace: MarkerTrace
  let body: BodyTrace
  /// From 1.
  let number: Int

  func lines() -> [String] {
    [heading] + rows() + evidence() + lanes() + body.sites.flatMap { site($0) }
  }

  private var heading: String {
    let count = trace.bodies.count > 1 ? "body \(number) of \(trace.bodies.count)" : "body"
    let chain = body.inlineChain.map { " < \($0.shown)" }.joined()
    let kind = body.isInlined ? "inlined into '\(body.container)'\(chain)" : "out of line"
    let ranges = body.ranges.map { "\(hexadecimal($0.start))..\(hexadecimal($0.end))" }
    return style.paint(count, .heading) + "  "
      + TextStyle.printable("'\(body.function)', \(kind), \(ranges.joined(separator: " "))")
  }

  private func hexadecimal(_ number: UInt64) -> String { BodyTrace.hexadecimal(number) }

  // MARK: rows

  private func rows() -> [String] {
    let most = 48
    if body.rows.isEmpty { return ["  rows  the line table has none of these lines in this body"] }
    var lines = [style.paint("  rows", .heading) + "  of the lines around the marker, by address"]
    lines += body.rows.prefix(most).map { row in
      let text = "    \(hexadecimal(row.address))  \(padded(body.shown(row.address), 8))  \(shown(row))"
      let isNear = trace.source.first { $0.number == row.line }.map { $0.role != .other } ?? false
      return isNear ? text : style.paint(text, .dim)
    }
    if body.rows.count > most { lines.append("    and \(body.rows.count - most) more") }
    return lines
  }

  private func shown(_ row: RowTrace, width: Int = 8) -> String {
    let place = row.column > 0 ? "\(row.line):\(row.column)" : "\(row.line)"
    let file = row.file.map { TextStyle.printable(String(lastComponent($0))) + ":" } ?? ""
    return padded(file + (row.line > 0 ? place : "no line"), width)
      + (row.isStatement ? "  is_stmt" : "         ") + "  view \(row.view)"
  }

  private func lastComponent(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// "holds    passed as often as +0x1a and +0x40 less +0x52"
  private func line(_ equation: EquationTrace) -> String {
    func list(_ isAdded: Bool) -> String {
      equation.terms.filter { $0.isAdded == isAdded }
        .flatMap { $0.addresses.map { body.shown($0) } }.joined(separator: " and ")
    }
    let less = list(false)
    let word = equation.holds ? style.paint("holds  ", .note) : style.paint("open   ", .dim)
    return "    \(word)  passed as often as \(list(true))\(less.isEmpty ? "" : " less \(less)")"
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  // MARK: arguments

  private func evidence() -> [String] {
    var lines = [style.paint("  choice", .heading) + "  \(body.choice)"]
    lines += body.evidence.map { line($0) } + body.equations.map { line($0) }
    return lines + body.doubts.map { "    \(style.paint("doubt", .warning))    \($0)" }
  }

  private func line(_ evidence: EvidenceTrace) -> String {
    let (word, role, reading): (String, TextStyle.Role, Int?) =
      switch evidence.relation {
      case .chosen(let reading): ("chosen ", .help, reading)
      case .agrees(let reading): ("agrees ", .note, reading)
      case .disagrees: ("differs", .warning, nil)
      case .unknown: ("unknown", .dim, nil)
      }
    let readings = evidence.readings.indices.filter { reading == nil || $0 == reading }.map { index in
      evidence.readings[index].map { "\(body.shown($0.address))/\($0.view)" }.joined(separator: " ")
    }
    let more =
      reading != nil && evidence.readings.count > 1 ? "  (of \(evidence.readings.count) readings)" : ""
    return "    \(style.paint(word, role))  \(evidence.sentence), line \(evidence.line): "
      + readings.joined(separator: "  or  ") + more
  }

  // MARK: variables

  private func lanes() -> [String] {
    if body.lanes.isEmpty { return [] }
    let width = min(24, body.lanes.map(\.name.count).max() ?? 0)
    return [style.paint("  variables", .heading) + "  where each is live in this body"]
      + body.lanes.map { "    \(padded(TextStyle.printable($0.name), width))  \(live($0))" }
  }

  private func live(_ lane: VariableLane) -> String {
    if let absence = lane.absence { return style.paint(absence, .warning) }
    let most = 6
    let shown = lane.segments.prefix(most).map { segment in
      "\(body.shown(segment.range.start))..\(body.shown(segment.range.end)) \(segment.place)"
    }
    let more = lane.segments.count > most ? ", \(lane.segments.count - most) more" : ""
    return TextStyle.printable(shown.joined(separator: ", ") + more)
  }

  // MARK: code

  private func site(_ site: SiteTrace) -> [String] {
    let moment = "values of \(body.shown(site.moment.address))/\(site.moment.view)"
    let symbol = body.symbol.map { $0 + body.shown(site.address) } ?? hexadecimal(site.address)
    let title = "  \(style.paint("site", .heading))  \(hexadecimal(site.address))  "
    var lines = [title + TextStyle.printable(symbol) + ", \(moment)"]
    if site.blocks.isEmpty { return lines + ["    the code cannot be decoded"] }
    lines += site.blocks.filter { !$0.instructions.isEmpty }.flatMap { code($0, site) }
    return lines + graph(site)
  }

  private func code(_ block: BlockTrace, _ site: SiteTrace) -> [String] {
    let edges = "\(linesOf(block)), from \(entries(block)), to \(exits(block))"
    var lines = ["    \(style.paint("block \(block.number)", .note))  \(edges)"]
    if block.omitted.before > 0 { lines.append(omitted(block.omitted.before)) }
    for instruction in block.instructions { lines += self.lines(instruction, site) }
    if block.omitted.behind > 0 { lines.append(omitted(block.omitted.behind)) }
    return lines
  }

  private func omitted(_ count: Int) -> String { style.paint("         … \(count) more", .dim) }

  private func lines(_ instruction: InstructionTrace, _ site: SiteTrace) -> [String] {
    let rows = instruction.rows.map { row in
      let source = row.file == nil ? trace.source.first { $0.number == row.line }?.text : nil
      let text = source.map { " | " + expanded($0).drop { $0 == " " } } ?? ""
      return style.paint("         \(shown(row, width: 18))\(text)", .dim)
    }
    let isSite = instruction.address == site.address
    let target = instruction.target.map { "  <\($0)>" } ?? ""
    let text = TextStyle.printable((instruction.text ?? "(unknown)") + target)
    let place = "\(hexadecimal(instruction.address))  \(padded(body.shown(instruction.address), 8))  \(text)"
    return rows + [isSite ? style.paint("      => \(place)", .help) : "         \(place)"]
  }

  private func graph(_ site: SiteTrace) -> [String] {
    let count = "\(site.blocks.count) of \(counted(site.blockCount, "block")), two steps around the site"
    let rows = site.blocks.map { block in
      ["\(block.number)", range(of: block), linesOf(block), "from " + entries(block), "to " + exits(block)]
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return ["    \(style.paint("graph", .heading))  \(count)"]
      + zip(site.blocks, rows).map { block, row in
        let cells = row.enumerated().map { $0 < 4 ? padded($1, widths[$0]) : $1 }
        let text = "      \(block.holdsSite ? "=>" : "  ") block \(cells.joined(separator: "  "))"
        return block.holdsSite ? style.paint(text, .help) : text
      }
  }

  private func range(of block: BlockTrace) -> String {
    "\(body.shown(block.range.start))..\(body.shown(block.range.end))"
  }

  private func linesOf(_ block: BlockTrace) -> String {
    switch block.lines.count {
    case 0: "no line"
    case 1: "line \(block.lines[0])"
    default: "lines " + list(block.lines.map(String.init), atMost: 6)
    }
  }

  private func entries(_ block: BlockTrace) -> String {
    list((block.isEntry ? ["entry"] : []) + block.predecessors.map(String.init), atMost: 10)
  }

  private func exits(_ block: BlockTrace) -> String {
    let other: [String] =
      switch block.exit {
      case .inside: []
      case .leaves: ["out"]
      case .stops: ["end"]
      case .unknown: ["unknown"]
      }
    return list(block.successors.map(String.init) + other, atMost: 10)
  }

  private func list(_ words: [String], atMost most: Int) -> String {
    words.isEmpty ? "-" : words.prefix(most).joined(separator: " ") + (words.count > most ? " …" : "")
  }
}
