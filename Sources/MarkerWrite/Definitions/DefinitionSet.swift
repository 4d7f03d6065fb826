public import MarkerResolve

/// The definitions of a set of markers that are loaded together.
public struct DefinitionSet: Sendable {
  /// In the order of provider, name, file and line.
  public let markers: [MarkerDefinitions]

  /// Makes the definitions; nothing here fails, what cannot be written is a finding of its marker.
  ///
  /// - Parameter events: the events of all images whose definitions are loaded together.
  public init(
    _ resolutions: [MarkerResolution], target: ProbeTarget, options: DefinitionOptions,
    sharing events: inout EventTable
  ) {
    let sorted = resolutions.sorted { $0.record.sortKey < $1.record.sortKey }
    markers = sorted.map { resolution in
      MarkerPlanner(resolution, target: target, options: options).plan(&events)
    }
  }

  /// All definitions, in the order in which they are written.
  public var definitions: [ProbeDefinition] { markers.flatMap(\.definitions) }
}
