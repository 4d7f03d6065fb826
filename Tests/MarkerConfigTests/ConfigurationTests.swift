import MarkerScan
import MarkerWrite
import SystemPackage
import Testing

@testable import MarkerConfig

@Suite("configuration files")
struct ConfigurationTests {
  private func read(_ text: String, _ name: String = ".markers.toml") throws -> Configuration {
    let directory = try TemporaryDirectory()
    return try Configuration(reading: directory.write(text, to: name)) { code in
      code == "M404" || code == "copies-disagree" ? testKind : nil
    }
  }

  private let toml = """
    provider = "net"
    baseline = "accepted.toml"

    [levels]
    warnings = "error"
    copies-disagree = "allow"

    [[override]]
    files = ["drivers/staging/**", "*.h"]
    providers = ["usb*"]
    levels = { M404 = "note" }

    [[policy]]
    markers = "net:rx"
    require = "ok"
    max-copies = 4
    max-cost = "boosted"
    """

  private let yaml = """
    provider: net
    baseline: accepted.toml
    levels:
      warnings: error
      copies-disagree: allow
    override:
      - files: [drivers/staging/**, "*.h"]
        providers: [usb*]
        levels: { M404: note }
    policy:
      - markers: net:rx
        require: ok
        max-copies: 4
        max-cost: boosted
    """

  @Test("TOML and YAML say the same")
  func same() throws {
    for (text, name) in [(toml, ".markers.toml"), (yaml, ".markers.yaml")] {
      let read = try read(text, name)
      #expect(read.provider == "net")
      #expect(read.baseline == read.path.removingLastComponent().appending("accepted.toml"))
      #expect(read.levels.count == 2)
      #expect(read.levels[0].deniesWarnings && !read.levels[1].deniesWarnings)
      #expect(
        read.levels[1].selector
          == MarkerSelector(providers: [Glob("usb*")], files: [Glob("drivers/staging/**"), Glob("*.h")]))
      let policy = try #require(read.policies.first)
      #expect(policy.requiresOk && policy.maximumCopies == 4 && policy.maximumCost == .boosted)
      #expect(policy.selector == MarkerSelector(markers: [Glob("net:rx")]))
    }
  }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      ("provider = 1\n", 1, 12, "'provider' is a string, not a number"),
      ("a = 1\n", 1, 1, "there is no key 'a' here; there are"),
      ("[levels]\nM404 = \"loud\"\n", 2, 8, "'loud' is no level"),
      ("[levels]\n  M999 = \"note\"\n", 2, 3, "there is no finding 'M999'"),
      ("[levels]\nwarnings = \"note\"\n", 2, 12, "'warnings' can only be 'error'"),
      ("[[override]]\n[[override]]\nfile = \"x\"\n", 3, 1, "there is no key 'file' here"),
      ("[[policy]]\nrequire = \"ok\"\n[[policy]]\nmarkers = \"x\"\n", 3, 1, "a policy has"),
      ("[[policy]]\nmax-copies = 0\n", 2, 14, "'max-copies' is a number from 1"),
      ("[[policy]]\nmax-cost = \"free\"\n", 2, 12, "'free' is no class of probes"),
      ("provider = \"x\nlevels", 1, 14, ""),
    ])
  func problems(text: String, line: Int, column: Int, reason: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try read(text) }
    #expect(error?.line == line && error?.column == column, "\(error?.description ?? "")")
    #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
  }

  @Test(
    "and so in YAML",
    arguments: [
      ("provider: 1\n", 1, 11, "'provider' is a string, not a number"),
      ("levels:\n  M404: loud\n", 2, 9, "'loud' is no level"),
      ("policy:\n  - require: ok\n  - markers: x\n", 3, 5, "a policy has"),
      ("provider: x\nprovider: y\n", 1, 1, "the key 'provider' stands more than once"),
      ("provider: [x\n", 2, 1, ""),
    ])
  func yamlProblems(text: String, line: Int, column: Int, reason: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try read(text, ".markers.yml") }
    #expect(error?.line == line && error?.column == column, "\(error?.description ?? "")")
    #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
  }

  @Test("an empty file is a configuration", arguments: [".markers.toml", ".markers.yaml"])
  func empty(name: String) throws {
    let read = try read("", name)
    #expect(read.provider == nil && read.policies.isEmpty)
  }

  @Test("aliases within aliases end before memory does")
  func aliases() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(list)]\n"
    }
    let error = #expect(throws: ConfigurationError.self) { try read(text, ".markers.yaml") }
    #expect(error?.reason == "there are more than 100000 values")
  }

  @Test("the file is found upward, TOML before YAML")
  func search() throws {
    let directory = try TemporaryDirectory()
    let inner = try directory.directory("a/b")
    #expect(ConfigurationSearch.find(from: inner)?.string.hasPrefix(directory.path.string) != true)
    let yaml = try directory.write("", to: ".markers.yaml")
    #expect(ConfigurationSearch.find(from: inner) == yaml)
    let toml = try directory.write("", to: ".markers.toml")
    #expect(ConfigurationSearch.find(from: inner) == toml)
    let nearer = try directory.write("", to: "a/.markers.yml")
    #expect(ConfigurationSearch.find(from: inner) == nearer)
  }
}

let testKind = FindingKind("M404", "copies-disagree", .note, summary: "", explanation: "")
