import ArgumentParser
import Elfutils
import Foundation
import MarkerResolve
import MarkerScan
import SystemPackage

struct QuickResolve: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "quick")
  @Argument var file: String
  @Option var markers: String
  @Option var format: String = "json"

  func run() throws {
    let image = try ElfFile.openSingle(FilePath(file))
    let list = try MarkerList(reading: FilePath(markers))
    let resolver = try Resolver(image: image)
    if format == "trace" {
      for record in list.records {
        print(record.name, record.file, record.line)
        for l in resolver.trace(record) { print("   ", l) }
      }
      return
    }
    var out: [[String: Any]] = []
    for r in resolver.resolve(list.records) {
      out.append([
        "name": r.record.name, "file": r.record.file, "line": r.record.line, "status": r.status.rawValue,
        "findings": resolver.trace(r.record).filter { $0.contains("choice:") }.prefix(1).map {
          ["code": String($0.dropFirst(10)), "message": ""]
        },
        "sites": r.sites.map { s in
          [
            "address": "0x" + String(s.address, radix: 16), "symbol": s.place?.symbol ?? "",
            "function": s.function,
            "reason": s.reason,
            "arguments": s.arguments.map { a in
              [
                "name": a.name, "fetch": a.fetch.map { $0.expression as Any } ?? NSNull(),
                "type": a.fetch.map { $0.type as Any } ?? NSNull(),
                "absence": a.absence.map { "\($0)" } ?? "",
              ] as [String: Any]
            },
          ] as [String: Any]
        },
      ])
    }
    let data = try JSONSerialization.data(
      withJSONObject: ["markers": out], options: [.prettyPrinted, .sortedKeys])
    print(String(decoding: data, as: UTF8.self))
  }
}
