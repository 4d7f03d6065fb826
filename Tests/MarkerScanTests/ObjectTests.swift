import Elfutils
import Foundation
import SystemPackage
import Testing

@testable import MarkerScan

private let source = """
  #define MARKER_PROVIDER "demo"
  #include <markers/marker.h>
  #include "shared.h"
  struct pair { int first; const char *name; };
  int work(struct pair *pair, int count)
  {
    int total = 0;
    for (int i = 0; i < count; i++) {
      MARKER(step, i, MARKER_LABEL(first, pair->first), MARKER_AS(pair->name, string));
      total += shared(i) + pair->first;
    }
    MARKER(done);
    return total;
  }

  """

private let header = """
  static inline int shared(int value)
  {
    MARKER_IN(common, seen, value);
    return value * 3;
  }

  """

private func workshop() throws -> Workshop {
  let workshop = try Workshop()
  try workshop.write("a.c", source)
  try workshop.write("shared.h", header)
  try workshop.write("b.c", source.replacing("int work", with: "int other"))
  try workshop.write("main.c", "int work(void *, int); int main(int c, char **v) { return work(v, c); }\n")
  return workshop
}

/// "provider:name file:line captures" of each record, sorted.
private func spelled(_ scans: [RecordScan]) -> [String] {
  scans.flatMap(\.records).map { record in
    let captures = record.captures.map(\.text).joined(separator: " ")
    // clang names a header beside its source "./shared.h", gcc "shared.h".
    let file = record.file.hasPrefix("./") ? String(record.file.dropFirst(2)) : record.file
    return "\(record.provider):\(record.name) \(file):\(record.line) \(captures)"
  }.sorted()
}

private func scan(_ path: FilePath) throws -> [RecordScan] {
  try ElfFile.open(path).map { try RecordScan(image: $0) }
}

private let expected = [
  "common:seen shared.h:3 value", "demo:done a.c:12 ",
  "demo:step a.c:9 i first=pair->first pair->name:string",
]

@Suite struct ObjectTests {
  @Test(arguments: [
    ["gcc-12"], ["gcc-11"], ["clang-14"], ["clang-16"], ["clang-19"], ["gcc-12", "-m32"],
    ["aarch64-linux-gnu-gcc"], ["aarch64-linux-gnu-gcc", "-mbig-endian"], ["arm-linux-gnueabihf-gcc"],
    ["arm-linux-gnueabihf-gcc", "-mbig-endian"], ["clang-16", "--target=aarch64_be-linux-gnu"],
    ["clang-16", "--target=armeb-linux-gnueabi"], ["clang-16", "--target=powerpc-linux-gnu"],
    ["gcc-12", "-gz=zlib"], ["gcc-12", "-ffunction-sections"],
  ]) func objects(_ command: [String]) throws {
    guard Workshop.has(command[0]) else { return }
    let workshop = try workshop()
    try workshop.run(
      command + ["-c", "-g", "-O2", "-I", includeDirectory, "-o", "a.o", "a.c"])
    let scans = try scan(workshop.path("a.o"))
    #expect(spelled(scans) == expected)
    #expect(scans.flatMap(\.findings).isEmpty)
    #expect(scans.flatMap(\.records).flatMap(\.captures).allSatisfy { $0.expression != nil })
  }

  @Test(arguments: ["gcc-12", "clang-16"]) func linkedFiles(_ compiler: String) throws {
    guard Workshop.has(compiler) else { return }
    let workshop = try workshop()
    try workshop.compile("a.c", to: "a.o", compiler, "-c", "-fPIC")
    try workshop.compile("b.c", to: "b.o", compiler, "-c", "-fPIC")
    try workshop.compile("main.c", to: "main.o", compiler, "-c")
    try workshop.run([compiler, "-o", "program", "main.o", "a.o", "b.o"])
    try workshop.run([compiler, "-shared", "-o", "lib.so", "a.o", "b.o"])
    try workshop.run(["ld", "-r", "-o", "both.o", "a.o", "b.o"])
    try workshop.run(["ar", "rc", "all.a", "a.o", "b.o", "main.o"])
    let both = expected + ["demo:done b.c:12 ", "demo:step b.c:9 i first=pair->first pair->name:string"]
    for name in ["program", "lib.so", "both.o"] {
      let scans = try scan(workshop.path(name))
      #expect(spelled(scans) == both.sorted())
      #expect(scans.flatMap(\.findings).allSatisfy { $0.finding.kind == .duplicateRecord })
    }
    // Each member of an archive is an image of its own.
    #expect(try spelled(scan(workshop.path("all.a"))) == (both + [expected[0]]).sorted())
    let members = try ElfFile.open(workshop.path("all.a"))
    #expect(members.map(\.member) == ["a.o", "b.o", "main.o"])
    #expect(members.first?.displayName == "\(workshop.path("all.a"))(a.o)")
  }

  @Test func compressedFiles() throws {
    let workshop = try workshop()
    try workshop.compile("a.c", to: "a.ko", "gcc", "-c")
    try workshop.run(["xz", "-k", "a.ko"])
    try workshop.run(["zstd", "-q", "-k", "a.ko"])
    try workshop.run(["gzip", "-k", "a.ko"])
    try workshop.run(["objcopy", "--compress-debug-sections", "a.ko", "z.ko"])
    try workshop.run(["objcopy", "--only-keep-debug", "a.ko", "a.debug"])
    try workshop.run(["objcopy", "--compress-debug-sections=zlib-gnu", "a.ko", "gnu.ko"])
    for name in ["a.ko.xz", "a.ko.zst", "a.ko.gz", "z.ko", "gnu.ko", "a.debug"] {
      #expect(try spelled(scan(workshop.path(name))) == expected, "\(name)")
    }
    try workshop.run(["objcopy", "--strip-debug", "a.ko", "bare.ko"])
    #expect(try spelled(scan(workshop.path("bare.ko"))) == [])
  }

  @Test(arguments: ["gcc-12", "clang-16"]) func strippedFilesHaveTheirRecordsInTheDebugFile(
    _ compiler: String
  ) throws {
    let workshop = try workshop()
    try workshop.compile("a.c", to: "a.so", compiler, "-shared", "-fPIC", "-Wl,--build-id=none")
    try workshop.run(["objcopy", "--only-keep-debug", "a.so", "a.debug"])
    try workshop.run(["objcopy", "-g", "a.so", "bare.so"])
    try workshop.run(["objcopy", "--add-gnu-debuglink=a.debug", "bare.so", "linked.so"])
    let scans = try scan(workshop.path("linked.so"))
    #expect(spelled(scans) == expected && scans.flatMap(\.findings).isEmpty)
    // clang's section is kept by strip -g.
    #expect(try spelled(scan(workshop.path("bare.so"))) == (compiler == "gcc-12" ? [] : expected))
  }

  @Test func markersOffMakeNoRecords() throws {
    let workshop = try workshop()
    try workshop.compile("a.c", to: "a.o", "gcc", "-c", "-DMARKERS_OFF")
    #expect(try spelled(scan(workshop.path("a.o"))) == [])
  }

  @Test func filesThatAreNoImages() throws {
    let workshop = try workshop()
    try workshop.compile("a.c", to: "a.o", "gcc", "-c")
    try workshop.compile("b.c", to: "b.o", "gcc", "-c")
    try workshop.run(["ar", "rcT", "thin.a", "a.o", "b.o"])
    let object = try workshop.read("a.o")
    try workshop.write("cut.o", object.prefix(object.count / 2))
    try workshop.write("header.o", object.prefix(40))
    try workshop.write("empty.o", "")
    try workshop.write("text.o", "this is no ELF file\n")
    try workshop.write("bad.ko.zst", Data([0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3]))
    try workshop.write("bad.ko.xz", Data([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 1, 2, 3]))
    for name in [
      "thin.a", "cut.o", "header.o", "empty.o", "text.o", "bad.ko.zst", "bad.ko.xz", "missing.o", "a.c", ".",
    ] {
      let error = #expect(throws: ElfError.self, "\(name)") { _ = try scan(workshop.path(name)) }
      #expect(error.map { $0.description.contains(workshop.path(name).string) } == true)
    }
    let thin = #expect(throws: ElfError.self) { _ = try scan(workshop.path("thin.a")) }
    #expect(thin?.reason == "a thin archive only names its members")
    #expect(thin?.remedy == "give the member files, which ar t lists")
    let cut = #expect(throws: ElfError.self) { _ = try scan(workshop.path("cut.o")) }
    #expect(cut?.offset != nil)
  }

  @Test(arguments: 0..<150) func damagedObjectsAreReadOrRefused(_ seed: Int) throws {
    let workshop = try workshop()
    var object = try compiledObject.get()
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<Int.random(in: 1...40, using: &generator) {
      // Half of the damage goes into the ELF header and the section headers, which lead everywhere.
      let isHeader = Bool.random(using: &generator)
      let range = isHeader ? 0..<64 : 0..<object.count
      let index = Int.random(
        in: isHeader && seed % 2 == 0 ? max(0, object.count - 1_200)..<object.count : range, using: &generator
      )
      object[index] = UInt8.random(in: 0...255, using: &generator)
    }
    if seed % 5 == 0 { object = object.prefix(Int.random(in: 0..<object.count, using: &generator)) }
    try workshop.write("damaged.o", object)
    do {
      for scan in try scan(workshop.path("damaged.o")) {
        #expect(scan.records.allSatisfy { $0.line > 0 })
      }
    } catch let error as ElfError {
      #expect(!error.reason.isEmpty)
    }
  }
}

private let includeDirectory = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "include").path

/// One object, compiled once.
private let compiledObject: Result<Data, any Error> = Result {
  let workshop = try workshop()
  try workshop.compile("a.c", to: "a.o", "gcc", "-c")
  return try workshop.read("a.o")
}
