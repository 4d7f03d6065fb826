import GRDB
public import MarkerCompare
public import SystemPackage

/// Why a history cannot be used.
public struct HistoryError: Error, CustomStringConvertible {
  public let path: FilePath
  /// Lower case, no full stop.
  public let reason: String

  public init(path: FilePath, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }
}

/// What each marker was in each build, in one SQLite file.
///
/// Adding is a union by build and marker: the order of additions does not count, and adding twice changes nothing.
public struct HistoryDatabase {
  private let queue: DatabaseQueue
  private let path: FilePath

  /// Opens a history; `creates` makes the file when there is none.
  ///
  /// - Throws: when the file cannot be opened or is no history.
  public init(_ path: FilePath, creates: Bool) throws(HistoryError) {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.readonly = !creates
      configuration.busyMode = .timeout(60)
      queue = try DatabaseQueue(path: path.string, configuration: configuration)
      if creates { try Self.migrator.migrate(queue) }
      let isKnown = try queue.read { database in try Self.migrator.hasCompletedMigrations(database) }
      guard isKnown else { throw HistoryError(path: path, reason: "this is no history of markers") }
    } catch let error as HistoryError {
      throw error
    } catch {
      throw HistoryError(path: path, reason: Self.words(error))
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.create(table: "build") { table in
        table.column("id", .text).primaryKey()
        table.column("label", .text).notNull()
        table.column("image", .text).notNull()
      }
      try database.create(table: "marker") { table in
        table.column("build", .text).notNull().references("build")
        table.column("title", .text).notNull()
        table.column("file", .text).notNull()
        table.column("line", .integer).notNull()
        table.column("status", .text).notNull()
        table.column("copies", .integer).notNull()
        // The expressions without a value at some copy, a line each: an expression has no newline.
        table.column("missing", .text).notNull()
        table.column("verdict", .text)
        table.column("class", .text)
        table.primaryKey(["build", "title", "file", "line"])
      }
    }
    return migrator
  }

  /// Adds a build, or what is new of it.
  ///
  /// - Throws: when the database cannot be written.
  public func add(_ report: SavedReport, id: String, label: String) throws(HistoryError) {
    do {
      try queue.write { database in
        try database.execute(
          sql:
            "INSERT INTO build (id, label, image) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET label = min(label, excluded.label), image = min(image, excluded.image)",
          arguments: [id, label, report.image])
        for marker in report.markers { try Self.add(marker, build: id, to: database) }
      }
    } catch {
      throw HistoryError(path: path, reason: Self.words(error))
    }
  }

  /// Where two reports of one build disagree, one of them wins whatever their order: 'ok' before the others.
  private static func add(_ marker: SavedMarker, build: String, to database: Database) throws {
    let state = MarkerState(marker)
    try database.execute(
      sql: """
        INSERT INTO marker (build, title, file, line, status, copies, missing, verdict, class)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (build, title, file, line) DO UPDATE SET status = excluded.status, copies = excluded.copies,
          missing = excluded.missing, verdict = excluded.verdict, class = excluded.class
        WHERE (excluded.status, excluded.copies, excluded.missing, ifnull(excluded.verdict, ''),
            ifnull(excluded.class, ''))
          > (marker.status, marker.copies, marker.missing, ifnull(marker.verdict, ''), ifnull(marker.class, ''))
        """,
      arguments: [
        build, marker.title, marker.file, marker.line, state.status, state.copies,
        state.missing.joined(separator: "\n"), state.verdict, state.probeClass,
      ])
  }

  /// The builds in the order of their labels, and what each marker was in them.
  ///
  /// - Parameter title: "provider:name" or a name; nil for all markers.
  /// - Throws: when the database cannot be read.
  public func history(of title: String?) throws(HistoryError) -> MarkerHistory {
    do {
      return try queue.read { database in
        let builds = try Row.fetchAll(database, sql: "SELECT id, label FROM build").map { row in
          HistoryBuild(id: row["id"], label: row["label"])
        }
        let rows = try Row.fetchAll(
          database,
          sql: """
            SELECT * FROM marker
            WHERE ?1 IS NULL OR title = ?1 OR substr(title, instr(title, ':') + 1) = ?1
            """,
          arguments: [title])
        return MarkerHistory(builds: builds, entries: rows.map(HistoryEntry.init))
      }
    } catch {
      throw HistoryError(path: path, reason: Self.words(error))
    }
  }

  /// The message of SQLite; its own words for the file are no use beside the path.
  private static func words(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    return (error.message ?? "SQLite says \(error.resultCode)").prefix(1).lowercased()
      + (error.message ?? "").dropFirst()
  }
}

extension HistoryEntry {
  fileprivate init(_ row: Row) {
    let missing: String = row["missing"]
    self.init(
      build: row["build"], title: row["title"], file: row["file"], line: row["line"], status: row["status"],
      copies: row["copies"], missing: missing.split(separator: "\n").map(String.init),
      verdict: row["verdict"],
      probeClass: row["class"])
  }
}
