import Foundation
import Testing

/// The debugging information of a program that was stripped, from a server of the user's.
@Suite("debuginfod", .serialized)
struct DebugServerTests {
  private let scratch: Scratch
  private let program: String
  private let buildID: String

  /// `stripped/example` has no debugging information, and only `served/` has it.
  init() throws {
    scratch = try Scratch()
    for name in ["stripped", "served"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path(name), withIntermediateDirectories: false)
    }
    program = scratch.path("stripped/example")
    let whole = try example.get()
    try Self.tool("objcopy", "--only-keep-debug", whole, scratch.path("served/example.debug"))
    try Self.tool("strip", "-g", whole, "-o", program)
    let notes = try Self.tool("readelf", "-n", program)
    buildID = try String(#require(notes.firstMatch(of: /Build ID: ([0-9a-f]+)/)).output.1)
  }

  @discardableResult
  private static func tool(_ arguments: String...) throws -> String {
    let result = try run(URL(filePath: "/usr/bin/env"), arguments)
    try #require(result.status == 0, "\(arguments): \(result.errors)")
    return result.output
  }

  private func arguments() throws -> [String] {
    let list = try scratch.write("list", "mk:at example.c:43 sum\nmk:end example.c:46 dispatched\n")
    return ["resolve", "--format", "json", "--markers", list]
  }

  /// The markers of the stripped program, with a fresh cache of the debuginfod client.
  private func resolve(servers: String) throws -> Run {
    try run(
      markersProgram, arguments() + [program],
      environment: ["DEBUGINFOD_URLS": servers, "DEBUGINFOD_CACHE_PATH": scratch.path("cache")])
  }

  /// Starts a real debuginfod over `served/`, waits until it has the file, and runs the command line. One short
  /// process of the test holds both: a server started from here would keep the ends of other tests' pipes open.
  private static let withServer = """
    port=$1 build=$2; shift 2
    env -u DEBUGINFOD_URLS debuginfod --scan-file-dir --port=$port --database=:memory: --disable-source-scan \
      served > server.log 2>&1 &
    server=$!
    trap 'kill -9 $server' EXIT
    export DEBUGINFOD_URLS=http://127.0.0.1:$port
    for attempt in $(seq 100); do
      # A client remembers for minutes what a server did not have: each attempt has a cache of its own.
      DEBUGINFOD_CACHE_PATH=$PWD/attempt-$attempt debuginfod-find debuginfo $build > find.log 2>&1 && break
      sleep 0.1
    done
    DEBUGINFOD_CACHE_PATH=$PWD/cache "$@"
    """

  @Test("what a server of DEBUGINFOD_URLS has is as good as debugging information in the file")
  func served() throws {
    let words = [
      "-c", Self.withServer, "sh", "\(Int.random(in: 20_000..<32_000))", buildID, markersProgram.path,
    ]
    let found = try run(
      URL(filePath: "/bin/sh"), words + arguments() + [program], in: scratch.url)
    let whole = try run(markersProgram, arguments() + [try example.get()])
    #expect(found.status == 0, "\(found.errors)")
    #expect(try resolutions(found) == resolutions(whole))
    #expect(try resolutions(found).count == 8)
    #expect(FileManager.default.fileExists(atPath: scratch.path("cache/\(buildID)/debuginfo")))
  }

  @Test("a server that does not answer is named, and the run ends")
  func silent() throws {
    let run = try resolve(servers: "http://127.0.0.1:1")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("debuginfod at http://127.0.0.1:1"))
    #expect(run.errors.contains("tried the file itself, /usr/lib/debug/.build-id/"))
  }

  /// The cache would be made by the client before it asks a server.
  @Test("without DEBUGINFOD_URLS no server is asked")
  func offline() throws {
    let run = try resolve(servers: "")
    #expect(run.status == 2)
    #expect(!run.errors.contains("debuginfod"))
    #expect(try !scratch.names.contains("cache"))
  }

  /// "provider:name" with addresses and fetch arguments of each marker.
  private func resolutions(_ run: Run) throws -> [String] {
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let markers = try #require(report["markers"] as? [[String: Any]])
    return markers.map { marker in
      let sites = marker["sites"] as? [[String: Any]] ?? []
      let places = sites.map { site in
        let arguments = site["arguments"] as? [[String: Any]] ?? []
        return "\(site["address"] ?? "") \(arguments.map { "\($0["fetch"] ?? "")" })"
      }
      return "\(marker["provider"] ?? ""):\(marker["name"] ?? "") \(places)"
    }
  }
}
