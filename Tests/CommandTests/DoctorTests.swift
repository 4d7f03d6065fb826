import Foundation
import Testing

@testable import markers

@Suite("doctor")
struct DoctorTests {
  private static let release = "6.1.0-1-test"

  /// A system below a directory: its kernel is the example program, whose build id the notes hold.
  private func system() throws -> Scratch {
    let scratch = try Scratch()
    let program = try example.get()
    for directory in [
      "proc/sys/kernel", "proc/sys/debug", "etc", "sys/kernel/tracing/events", "usr/lib/debug/boot",
    ] {
      try FileManager.default.createDirectory(
        atPath: scratch.path(directory), withIntermediateDirectories: true)
    }
    try scratch.write("proc/sys/kernel/osrelease", "\(Self.release)\n")
    try scratch.write("etc/os-release", "NAME=\"A system\"\nID=mine\nID_LIKE=\"ubuntu debian\"\n")
    for file in ["kprobe_events", "uprobe_events"] { try scratch.write("sys/kernel/tracing/\(file)", "") }
    let notes = try run(
      URL(filePath: "/usr/bin/objcopy"),
      ["-O", "binary", "--only-section=.note.gnu.build-id", program, scratch.path("sys/kernel/notes")])
    try #require(notes.status == 0, "\(notes.errors)")
    try FileManager.default.copyItem(
      atPath: program, toPath: scratch.path("usr/lib/debug/boot/vmlinux-\(Self.release)"))
    return scratch
  }

  private func examine(_ scratch: Scratch, _ arguments: String...) throws -> (run: Run, lines: [String]) {
    let run = try run(markersProgram, ["doctor", "--root", scratch.url.path] + arguments)
    return (run, run.lines.map(String.init))
  }

  @Test("a machine that has everything")
  func healthy() throws {
    let (run, lines) = try examine(try system())
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(
      lines.map { $0.prefix(9).trimmingCharacters(in: .whitespaces) } == Array(repeating: "ok", count: 6))
    #expect(lines[2] == "ok       build id: the image is the running kernel's")
  }

  @Test("what is missing is told with the command of the distribution")
  func package() throws {
    let scratch = try system()
    try FileManager.default.removeItem(atPath: scratch.path("usr/lib/debug/boot"))
    let (run, lines) = try examine(scratch)
    #expect(run.status == 1)
    #expect(
      lines[1].hasPrefix(
        "missing  debug image: there is none of '/usr/lib/debug/boot/vmlinux-\(Self.release)'"))
    #expect(lines[2].hasSuffix("sudo apt-get install linux-image-\(Self.release)-dbgsym"))
    try scratch.write("etc/os-release", "ID=fedora\n")
    #expect(try examine(scratch).lines[2].hasSuffix("sudo dnf debuginfo-install kernel-core-\(Self.release)"))
  }

  @Test("an image of another build is told, and one without debugging information")
  func otherBuild() throws {
    let scratch = try system()
    for (options, expected) in [
      (["-g", "-Wl,--build-id"], "missing  build id: the image has "),
      (["-s", "-Wl,--build-id"], "missing  debug image: "),
      (["-g", "-Wl,--build-id=none"], "limited  build id: "),
    ] {
      let source = try scratch.write("other.c", "int main(void) { return 0; }\n")
      let compiled = try run(
        URL(filePath: "/usr/bin/gcc"), options + [source, "-o", scratch.path("other")])
      try #require(compiled.status == 0)
      let lines = try examine(scratch, scratch.path("other")).lines
      #expect(lines.contains { $0.hasPrefix(expected) }, "\(lines)")
    }
  }

  @Test("tracefs that is not there, and switches that keep probes away")
  func tracing() throws {
    let scratch = try system()
    try scratch.write("proc/sys/debug/kprobes-optimization", "0\n")
    #expect(try examine(scratch).lines.last?.hasSuffix("sudo sysctl debug.kprobes-optimization=1") == true)
    try FileManager.default.removeItem(atPath: scratch.path("sys/kernel/tracing/kprobe_events"))
    let without = try examine(scratch)
    #expect(without.run.status == 1)
    #expect(
      without.lines.contains("missing  kprobe_events: the kernel was built without CONFIG_KPROBE_EVENTS"))
    try FileManager.default.removeItem(atPath: scratch.path("sys/kernel/tracing"))
    #expect(
      try examine(scratch).lines.contains { $0.hasSuffix("mount -t tracefs nodev /sys/kernel/tracing") })
    try FileManager.default.createDirectory(
      atPath: scratch.path("proc/self"), withIntermediateDirectories: true)
    try scratch.write(
      "proc/self/mounts", "proc /proc proc rw 0 0\nnodev /sys/kernel/tracing tracefs rw 0 0\n")
    let unseen = try examine(scratch).lines
    #expect(unseen.contains("missing  tracefs: this user may not look into /sys/kernel/tracing"))
    #expect(unseen.contains { $0.hasSuffix("markers emit | sudo tee -a /sys/kernel/tracing/kprobe_events") })
  }

  @Test("notes are read whatever their bytes are")
  func notes() {
    #expect(BuildIDNote.find([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 3, 0, 0, 0]) == nil)
    let note: [UInt8] = [4, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4e, 0x55, 0, 0x0a, 0xbc, 0, 0]
    #expect(BuildIDNote.find([1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0x41, 0, 0, 0] + note) == "0abc")
    for count in 0..<18 { #expect(BuildIDNote.find(Array(note.prefix(count))) == nil) }
    for index in note.indices.dropLast(2) {
      var damaged = note
      damaged[index] ^= 0xf0
      #expect(BuildIDNote.find(damaged) != "0abc")
    }
  }
}

@Suite("completion of marker names")
struct CompletionTests {
  /// What bash offers for the words, the last of which is being written.
  private func offers(_ words: [String], in scratch: Scratch) throws -> [String] {
    let script = try markers("--generate-completion-script", "bash")
    try scratch.write("completion.bash", script.output)
    try scratch.write(
      "ask.bash",
      """
      source completion.bash
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
      _markers
      printf '%s\\n' "${COMPREPLY[@]}"
      """)
    let path = "\(markersProgram.deletingLastPathComponent().path):/usr/bin:/bin"
    return try run(
      URL(filePath: "/bin/bash"), ["ask.bash"] + words, in: scratch.url, environment: ["PATH": path]
    ).lines.map(String.init)
  }

  @Test("the names of ./vmlinux and of lists")
  func names() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: try example.get(), toPath: scratch.path("vmlinux"))
    #expect(try offers(["markers", "show", ""], in: scratch).contains("checksum_byte"))
    #expect(try offers(["markers", "show", "d"], in: scratch) == ["dispatch", "done"])
    try scratch.write("list", "mk:doomed example.c:43 sum\n")
    #expect(
      try offers(["markers", "show", "--markers", "list", "d"], in: scratch) == [
        "dispatch", "done", "doomed",
      ])
    #expect(try offers(["markers", "explain", "M40"], in: scratch).contains("M404"))
  }

  @Test("where there is no image, nothing is offered and nothing is said")
  func nothing() throws {
    let scratch = try Scratch()
    let run = try markers(
      "---completion", "show", "--", "positional@0", "2", "0", "markers", "show", "", in: scratch.url)
    #expect(run.output.isEmpty && run.errors.isEmpty)
  }
}
