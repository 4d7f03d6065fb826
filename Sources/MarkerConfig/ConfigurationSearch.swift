public import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Where the configuration of a directory is.
public enum ConfigurationSearch {
  /// The names in the order in which they are tried.
  public static let names = [".markers.toml", ".markers.yaml", ".markers.yml"]

  /// The first of the names in the directory, or in the nearest directory above it; nil when there is none.
  ///
  /// - Parameter directory: an absolute path.
  public static func find(from directory: FilePath) -> FilePath? {
    var current = directory.lexicallyNormalized()
    while true {
      for name in names {
        let path = current.appending(name)
        if access(path.string, F_OK) == 0 { return path }
      }
      guard !current.components.isEmpty else { return nil }
      current.removeLastComponent()
    }
  }
}
