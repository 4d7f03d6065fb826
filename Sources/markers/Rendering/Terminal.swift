import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// What the command knows of the terminal that it may be writing to.
enum Terminal {
  /// Whether text is coloured; `file` is nil for a file that is no standard stream.
  static func isColored(_ mode: ColorMode, file: FileDescriptor?) -> Bool {
    switch mode {
    case .always: true
    case .never: false
    case .auto: file.map { isatty($0.rawValue) == 1 && allowsColor } ?? false
    }
  }

  /// NO_COLOR (any value but the empty one) and a dumb terminal refuse colours.
  private static var allowsColor: Bool {
    (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
  }
}

/// An environment variable, nil when it is not set.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
