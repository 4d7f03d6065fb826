import ArgumentParser

@main
struct Markers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markers",
    abstract: "Static markers for the Linux kernel: from a line of C to probe definitions.")
}
