/// Which markers something holds for; each list that is empty holds for all.
public struct MarkerSelector: Sendable, Hashable {
  /// Globs for "provider:name"; one without a colon is for the name.
  public var markers: [Glob] = []
  public var providers: [Glob] = []
  /// Globs for source paths.
  public var files: [Glob] = []

  public init(markers: [Glob] = [], providers: [Glob] = [], files: [Glob] = []) {
    self.markers = markers
    self.providers = providers
    self.files = files
  }

  /// Whether a marker is selected.
  public func selects(provider: String, name: String, file: String) -> Bool {
    let isNamed =
      markers.isEmpty
      || markers.contains { $0.matches($0.pattern.contains(":") ? "\(provider):\(name)" : name) }
    return isNamed && (providers.isEmpty || providers.contains { $0.matches(provider) })
      && selects(file: file)
  }

  /// Whether a place that is no marker's is selected: never where markers or providers are named.
  public func selects(place file: String) -> Bool {
    markers.isEmpty && providers.isEmpty && selects(file: file)
  }

  private func selects(file: String) -> Bool {
    files.isEmpty || files.contains { $0.matches(path: file) }
  }
}
