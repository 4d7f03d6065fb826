import MarkerScan

extension FindingKind {
  /// A marker of the source that no image records.
  static let notInImage = FindingKind(
    "M020", "not-in-image", .warning,
    summary: "a marker of the source is in none of the images",
    explanation: """
      `--source` found the marker in the source, and no image that was given records one of that name, file and
      line. The file was not built, was built from another state of the source or without markers, or the function
      is never used and clang left it out. A marker that is missing is never hit, and nothing else tells.

      ## Example

          markers lint --source drivers/scsi vmlinux

      tells of every marker in drivers/scsi when the drivers are modules. Give the modules as well:

          markers lint --source drivers/scsi vmlinux drivers/scsi/*.ko
      """)
}

extension Finding {
  static func notInImage(_ record: MarkerRecord) -> Finding {
    Finding(
      .notInImage, "marker '\(record.provider):\(record.name)' is in none of the images",
      help: "give the image that holds it, or build the file with markers")
  }
}
