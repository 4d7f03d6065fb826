import ArgumentParser
import Elfutils
import MarkerScan
import MarkerWrite
import SystemPackage

/// `markers emit [FILE…]`
struct EmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emit",
    abstract: "Write the markers as probe definitions, one a line.",
    discussion: """
      For a kernel and its modules the definitions are for /sys/kernel/tracing/kprobe_events, for programs for \
      uprobe_events. Addresses are distances from a symbol, so that they hold wherever the kernel was loaded. \
      Markers that are not written stand as comments, with the reason; records that cannot be read are told on \
      standard error.

      EXAMPLES:
        markers emit vmlinux > probes
        markers emit --markers my.list --approximate vmlinux ext4.ko -o probes
        cat probes > /sys/kernel/tracing/kprobe_events
      """)

  @OptionGroup var images: ImageOptions
  @OptionGroup var markers: MarkerOptions
  @OptionGroup var flags: DefinitionFlags
  @OptionGroup var output: OutputOptions

  func run() throws {
    var errors = ErrorReporter(color: output.color)
    let pipeline = Pipeline(markers, errors: &errors)
    let resolved = pipeline.resolveAll(try images.paths(), placement: flags.placement, errors: &errors)
    let writable = resolved.filter { errors.accept($0) }
    var events = EventTable(records: writable.flatMap { $0.resolutions.map(\.record) })
    var text = ""
    for image in writable {
      let definitions = image.report(
        includesApproximate: flags.approximate, keepsRefused: flags.keepRefused, events: &events
      ).definitions
      text += definitions.text(image: image.name)
      errors.tell(image.findings)
    }
    pipeline.tellListErrors(&errors)
    if !writable.isEmpty {
      errors.attempt { () throws(OutputError) in try output.write(text) }
    }
    try errors.status.exit()
  }
}

/// Why no definitions can be made for an image.
struct TargetError: Error, CustomStringConvertible {
  let image: String
  let reason: String

  var description: String { "\(image): cannot emit definitions: \(reason)" }
}

extension ErrorReporter {
  /// Whether definitions can be made for the image; tells why not.
  fileprivate mutating func accept(_ image: ResolvedImage) -> Bool {
    guard case .object = image.target else { return true }
    report(
      TargetError(
        image: image.name,
        reason: "a relocatable object is no part of a kernel; give the kernel or module it is linked into"))
    return false
  }
}
