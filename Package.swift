// swift-tools-version: 6.1
import PackageDescription

/// C types stay inside the fence targets: an import is internal unless a file says `public import`.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "markers",
  products: [
    .executable(name: "markers", targets: ["markers"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // The fences: the only targets that see C.
    .systemLibrary(name: "CElfutils", pkgConfig: "libdw", providers: [.apt(["libdw-dev", "libelf-dev"])]),
    .systemLibrary(name: "CCapstone", pkgConfig: "capstone", providers: [.apt(["libcapstone-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(
      name: "Elfutils",
      dependencies: ["CElfutils", "CZstd", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: settings),
    .target(name: "InstructionDecoder", dependencies: ["CCapstone"], swiftSettings: settings),

    // The flow: scan, resolve, judge, write.
    .target(name: "CSource", swiftSettings: settings),
    .target(
      name: "MarkerScan",
      dependencies: ["CSource", "Elfutils", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: settings),
    .target(
      name: "MarkerResolve",
      dependencies: ["CSource", "Elfutils", "InstructionDecoder", "MarkerScan"],
      swiftSettings: settings),
    .target(
      name: "MarkerJudge",
      dependencies: ["Elfutils", "InstructionDecoder", "MarkerScan"],
      swiftSettings: settings),
    .target(
      name: "MarkerWrite",
      dependencies: ["Elfutils", "MarkerScan", "MarkerResolve", "MarkerJudge"],
      swiftSettings: settings),
    .target(
      name: "MarkerConfig",
      dependencies: [
        "MarkerJudge", "MarkerScan", "MarkerWrite", "TOMLKit", "Yams",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(
      name: "MarkerCompare",
      dependencies: [
        "MarkerJudge", "MarkerScan", "MarkerWrite",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(
      name: "MarkerHistory",
      dependencies: [
        "MarkerCompare", "MarkerWrite", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(
      name: "MarkerReport",
      dependencies: [
        "MarkerCompare", "MarkerResolve", "MarkerWrite",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Page")],
      swiftSettings: settings),
    .executableTarget(
      name: "markers",
      dependencies: [
        "CSource", "Elfutils", "InstructionDecoder", "MarkerScan", "MarkerResolve", "MarkerJudge",
        "MarkerWrite", "MarkerConfig", "MarkerCompare", "MarkerHistory", "MarkerReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: [.embedInCode("Explain/examples.txt")],
      swiftSettings: settings),

    .testTarget(
      name: "InstructionDecoderTests", dependencies: ["InstructionDecoder"], swiftSettings: settings),
    .testTarget(name: "CSourceTests", dependencies: ["CSource"], swiftSettings: settings),
    .testTarget(
      name: "MarkerScanTests",
      dependencies: ["MarkerScan", "Elfutils", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: settings),
    .testTarget(name: "MarkerResolveTests", dependencies: ["MarkerResolve"], swiftSettings: settings),
    .testTarget(
      name: "MarkerJudgeTests",
      dependencies: [
        "Elfutils", "InstructionDecoder", "MarkerJudge", "MarkerScan",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "MarkerWriteTests",
      dependencies: ["Elfutils", "MarkerScan", "MarkerResolve", "MarkerWrite"],
      swiftSettings: settings),
    .testTarget(
      name: "MarkerCompareTests",
      dependencies: [
        "MarkerCompare", "MarkerHistory", "MarkerWrite",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "MarkerConfigTests",
      dependencies: [
        "MarkerConfig", "MarkerScan", "MarkerWrite",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["markers", "MarkerScan"], exclude: ["sarif_schema.py"],
      swiftSettings: settings),
  ]
)
