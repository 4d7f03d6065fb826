import ArgumentParser
import Elfutils
import MarkerScan
import SystemPackage

/// The names that a shell offers for a marker: those of the image and the lists on the command line so far.
enum MarkerNameCompletion {
  static let kind = CompletionKind.custom { arguments, _, prefix in
    candidates(arguments, prefix: prefix)
  }

  /// Sorted; "provider:name" once the user has written the colon, else the names alone.
  static func candidates(_ arguments: [String], prefix: String) -> [String] {
    let wantsProvider = prefix.contains(":")
    let names = records(arguments).map { wantsProvider ? "\($0.provider):\($0.name)" : $0.name }
    return Set(names.filter { $0.hasPrefix(prefix) }).sorted()
  }

  /// What cannot be read offers nothing: there is no place for a message within a command line.
  private static func records(_ arguments: [String]) -> [MarkerRecord] {
    var records: [MarkerRecord] = []
    var images: [String] = []
    for (index, argument) in arguments.enumerated().dropFirst(2) where !argument.hasPrefix("-") {
      if arguments[index - 1] == "--markers" {
        records += (try? MarkerList(reading: FilePath(argument)))?.records ?? []
      } else if FileSystem.exists(FilePath(argument)) {
        images.append(argument)
      }
    }
    if images.isEmpty { images = ["vmlinux"] }
    for image in images {
      for opened in (try? ElfFile.open(FilePath(image))) ?? [] {
        records += (try? RecordScan(image: opened))?.records ?? []
      }
    }
    return records
  }
}
