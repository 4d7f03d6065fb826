import Elfutils
import SystemPackage

/// Looks at what a machine has of what probes need.
struct Doctor {
  let system: SystemFiles
  /// The image that probes are made from; nil for the debug image of the running kernel.
  let image: FilePath?

  /// One result for each thing, in the order in which they are needed.
  func examine() -> [Checkup] {
    [kernel()] + images() + tracing() + probing()
  }

  // MARK: The kernel and its debug image

  private func kernel() -> Checkup {
    guard let release = system.release else {
      return Checkup("kernel", .missing, "the system does not say which kernel runs")
    }
    return Checkup("kernel", .ok, release)
  }

  private func images() -> [Checkup] {
    guard let path = image ?? foundImage() else {
      let tried = imagePaths.map { "'\($0)'" }.joined(separator: ", ")
      return [
        Checkup(
          "debug image", .missing, "there is none of \(tried)",
          remedy: system.release.map { DebugPackage(system.distributions, release: $0).command })
      ]
    }
    do throws(ElfError) {
      return contents(of: try ElfFile.openSingle(path), at: path)
    } catch {
      return [Checkup("debug image", .missing, error.description)]
    }
  }

  private var imagePaths: [String] {
    system.release.map { release in
      ["/usr/lib/debug/boot/vmlinux-\(release)", "/usr/lib/debug/lib/modules/\(release)/vmlinux"]
    } ?? []
  }

  private func foundImage() -> FilePath? { imagePaths.first(where: system.exists).map(system.path) }

  private func contents(of image: ElfImage, at path: FilePath) -> [Checkup] {
    let hasInfo = [".debug_info", ".zdebug_info"].contains { image.section(named: $0) != nil }
    let info =
      hasInfo
      ? Checkup("debug image", .ok, path.string)
      : Checkup(
        "debug image", .missing, "\(path) has no debugging information",
        remedy: system.release.map { DebugPackage(system.distributions, release: $0).command })
    return [info, buildID(image, path)]
  }

  private func buildID(_ image: ElfImage, _ path: FilePath) -> Checkup {
    let own = image.buildID.map { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
    guard let running = system.kernelBuildID else {
      return Checkup("build id", .limited, "the system does not say the running kernel's build id")
    }
    guard let own else {
      return Checkup(
        "build id", .limited, "\(path) has none, so that nothing shows that it is the running kernel's")
    }
    return own == running
      ? Checkup("build id", .ok, "the image is the running kernel's")
      : Checkup(
        "build id", .missing, "the image has \(own), and the running kernel \(running)",
        remedy: system.release.map { DebugPackage(system.distributions, release: $0).command })
  }

  // MARK: tracefs

  private func tracing() -> [Checkup] {
    let places = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"]
    guard let directory = places.first(where: { system.exists($0 + "/events") }) else {
      return [unseenTracefs()]
    }
    return [Checkup("tracefs", .ok, directory)]
      + [("kprobe_events", "CONFIG_KPROBE_EVENTS"), ("uprobe_events", "CONFIG_UPROBE_EVENTS")].map {
        file, option in
        events(directory + "/" + file, file, option)
      }
  }

  /// tracefs is for root alone unless it was mounted otherwise: a user sees that it is there, and nothing of it.
  private func unseenTracefs() -> Checkup {
    guard let place = system.mountPoint(ofType: "tracefs") else {
      return Checkup(
        "tracefs", .missing, "it is not mounted", remedy: "sudo mount -t tracefs nodev /sys/kernel/tracing")
    }
    return Checkup(
      "tracefs", .missing, "this user may not look into \(place)",
      remedy: "markers emit | sudo tee -a \(place)/kprobe_events")
  }

  private func events(_ path: String, _ file: String, _ option: String) -> Checkup {
    guard system.exists(path) else {
      return Checkup(file, .missing, "the kernel was built without \(option)")
    }
    return system.isWritable(path)
      ? Checkup(file, .ok, "it can be written")
      : Checkup(
        file, .missing, "this user may not write \(path)",
        remedy: "markers emit | sudo tee -a \(path)")
  }

  // MARK: Switches of the kernel

  private func probing() -> [Checkup] {
    var checks: [Checkup] = []
    if let lockdown = system.text("/sys/kernel/security/lockdown"), lockdown.contains("[confidentiality]") {
      checks.append(
        Checkup("lockdown", .missing, "the kernel is locked down for confidentiality and takes no probes"))
    }
    if system.text("/sys/kernel/debug/kprobes/enabled") == "0" {
      checks.append(
        Checkup(
          "kprobes", .missing, "they are switched off",
          remedy: "echo 1 | sudo tee /sys/kernel/debug/kprobes/enabled"))
    }
    if system.text("/proc/sys/debug/kprobes-optimization") == "0" {
      checks.append(
        Checkup(
          "kprobes", .limited, "they are not optimised, so that each hit costs a trap",
          remedy: "sudo sysctl debug.kprobes-optimization=1"))
    }
    return checks
  }
}

/// How a distribution is asked for the debugging information of its kernels.
struct DebugPackage {
  /// The command that installs it.
  let command: String

  /// - Parameters:
  ///   - distributions: the ID and what it is like, the nearest first.
  ///   - release: the kernel's.
  init(_ distributions: [String], release: String) {
    command =
      distributions.lazy.compactMap { Self.command($0, release) }.first
      ?? "make vmlinux in the tree that the kernel was built from, with CONFIG_DEBUG_INFO_DWARF5=y"
  }

  private static func command(_ distribution: String, _ release: String) -> String? {
    switch distribution {
    case "debian": "sudo apt-get install linux-image-\(release)-dbg"
    case "ubuntu": "sudo apt-get install linux-image-\(release)-dbgsym"
    case "fedora", "rhel", "centos": "sudo dnf debuginfo-install kernel-core-\(release)"
    case "opensuse", "suse": "sudo zypper install kernel-default-debuginfo"
    default: nil
    }
  }
}
