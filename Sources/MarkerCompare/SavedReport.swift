/// What `markers resolve --format json` says of an image, as far as builds are compared (Docs/resolve.schema.json).
public struct SavedReport: Decodable, Sendable, Hashable {
  public let version: Int
  public let image: String
  /// In hexadecimal; nil when the image has none.
  public let buildID: String?
  public let markers: [SavedMarker]

  private enum CodingKeys: String, CodingKey {
    case version, image, markers
    case buildID = "build_id"
  }
}

public struct SavedMarker: Decodable, Sendable, Hashable {
  public let provider: String
  public let name: String
  public let file: String
  /// 1-based.
  public let line: Int
  /// ok, approximate or none.
  public let status: String
  public let sites: [SavedSite]

  /// The marker as people name it: "provider:name".
  public var title: String { "\(provider):\(name)" }

  /// The expressions that the marker asks for, in its order; empty when it has no site.
  public var expressions: [String] { sites.first?.arguments.map(\.expression) ?? [] }
}

public struct SavedSite: Decodable, Sendable, Hashable {
  /// The line for tracefs; nil when none is written.
  public let definition: String?
  /// nil when there are no rules to judge by.
  public let verdict: SavedVerdict?
  public let arguments: [SavedArgument]
}

public struct SavedVerdict: Decodable, Sendable, Hashable {
  /// accepted, refused or never-armed.
  public let verdict: String
  /// How the probe works once armed; nil unless it is accepted.
  public let probeClass: String?

  private enum CodingKeys: String, CodingKey {
    case verdict
    case probeClass = "class"
  }
}

public struct SavedArgument: Decodable, Sendable, Hashable {
  public let name: String
  public let expression: String
  /// The fetch expression; nil when there is no value.
  public let fetch: String?
  /// The type in tracefs' terms; nil when there is no value.
  public let type: String?
}
