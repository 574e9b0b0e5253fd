// swift-tools-version: 6.2
// Shallot: a native desktop messenger for the Session network.
// Which target may import which is a rule of the house: see ARCHITECTURE.md; `Scripts/check` holds the sources against it.
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
/// Targets whose types live on GLib's thread.
let onMainActor: [SwiftSetting] = strict + [.defaultIsolation(MainActor.self)]

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

/// What each test target needs beside the target that it tests, the ids and the support.
let testTargets: [Target] = [
    ("BaseKit", []), ("SodiumKit", []), ("SecretKit", ["CSecret"]), ("SessionWire", [crypto, protobuf]),
    ("ZstdKit", []), ("SessionConfig", ["ZstdKit"]), ("SessionCalls", []),
    ("MediaKit", ["SessionCalls", "SessionMedia", "CGst"]), ("GtkKit", ["CAdwaita"]),
    ("SessionNetwork", ["Devnet"]), ("Devnet", [crypto] + nio), ("CSealedVFS", ["CSQLite"]),
    ("ShallotStore", ["CSealedVFS", grdb]),
    (
        "ShallotCore",
        ["SessionConfig", "ShallotStore", "SessionNetwork", "Devnet", "MediaKit", "SessionCalls", "SessionMedia"]
    ),
    ("ShallotModels", ["ShallotCore", "ShallotStore", "SessionNetwork", "Devnet", "MediaKit", "SessionCalls"]),
].map { (name: String, others: [Target.Dependency]) in
    let common = Set([name, "BaseKit", "SodiumKit", "SessionWire", "ShallotTestSupport"]).sorted()
    return .testTarget(
        name: "\(name)Tests", dependencies: common.map { .init(stringLiteral: $0) } + others, swiftSettings: strict)
}

let package = Package(
    name: "Shallot",
    products: [
        .executable(name: "shallot", targets: ["Shallot"]),
        .executable(name: "shallot-cli", targets: ["ShallotCLI"]),
        .executable(name: "devnet", targets: ["DevnetCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C libraries as modules.
        .systemLibrary(name: "CAdwaita", pkgConfig: "libadwaita-1", providers: [.apt(["libadwaita-1-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSecret", pkgConfig: "libsecret-1", providers: [.apt(["libsecret-1-dev"])]),
        .systemLibrary(name: "CQrencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZbar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CGst",
            pkgConfig:
                "gstreamer-webrtc-1.0 gstreamer-sdp-1.0 gstreamer-app-1.0 gstreamer-rtp-1.0 gstreamer-video-1.0 nice",
            providers: [.apt(["libgstreamer-plugins-bad1.0-dev", "libnice-dev"])]),
        .target(name: "CMediaKit", dependencies: ["CGst"]),
        .target(name: "CGtkKit", dependencies: ["CAdwaita"], linkerSettings: [.linkedLibrary("dispatch")]),
        .target(name: "CSealedVFS", dependencies: ["CSQLite", "CSodium"]),

        // Kits: wrap something outside, know neither Session nor Shallot.
        .target(name: "BaseKit", dependencies: [log], swiftSettings: strict),
        .target(name: "SodiumKit", dependencies: ["BaseKit", "CSodium"], swiftSettings: strict),
        .target(name: "ZstdKit", dependencies: ["CZstd"], swiftSettings: strict),
        .target(name: "SecretKit", dependencies: ["BaseKit", "SodiumKit", "CSecret"], swiftSettings: strict),
        .target(name: "MediaKit", dependencies: ["BaseKit", "CGst", "CMediaKit", log], swiftSettings: strict),
        .target(
            name: "GtkKit", dependencies: ["CAdwaita", "CGtkKit", "CQrencode", "CZbar"], swiftSettings: onMainActor),

        // The Session network's protocol.
        .target(
            name: "SessionWire", dependencies: ["BaseKit", "SodiumKit", crypto, protobuf],
            exclude: ["Content/Protos"], resources: [.embedInCode("Identity/Words/english.txt")],
            swiftSettings: strict),
        .target(
            name: "SessionConfig", dependencies: ["BaseKit", "SodiumKit", "ZstdKit", "SessionWire"],
            swiftSettings: strict),
        .target(name: "SessionCalls", dependencies: ["BaseKit", "SessionWire"], swiftSettings: strict),
        .target(
            name: "SessionMedia", dependencies: ["BaseKit", "MediaKit", "SessionCalls", log], swiftSettings: strict),
        .target(
            name: "SessionNetwork", dependencies: ["BaseKit", "SodiumKit", "SessionWire", log, crypto] + nio,
            swiftSettings: strict),

        // The messenger.
        .target(
            name: "ShallotStore",
            dependencies: ["BaseKit", "SodiumKit", "SessionWire", "CSealedVFS", "CSQLite", grdb, log],
            swiftSettings: strict),
        .target(
            name: "ShallotCore",
            dependencies: [
                "BaseKit", "SodiumKit", "SecretKit", "MediaKit", "SessionWire", "SessionCalls", "SessionConfig",
                "SessionMedia", "SessionNetwork", "ShallotStore", log,
            ],
            swiftSettings: strict),
        .target(
            name: "ShallotModels",
            dependencies: [
                "BaseKit", "MediaKit", "SessionWire", "SessionCalls", "SessionNetwork", "ShallotStore", "ShallotCore",
            ],
            swiftSettings: onMainActor),
        .executableTarget(
            name: "Shallot",
            dependencies: [
                "BaseKit", "SessionWire", "SessionNetwork", "ShallotStore", "ShallotModels", "ShallotCore", "GtkKit",
                "MediaKit", "SecretKit", log,
            ],
            swiftSettings: onMainActor, plugins: ["BundleResources"]),
        .executableTarget(
            name: "ShallotCLI",
            dependencies: [
                "BaseKit", "MediaKit", "SessionWire", "SessionCalls", "SessionNetwork", "ShallotStore", "ShallotCore",
                arguments, log,
            ],
            swiftSettings: strict),

        // The embedded local network.
        .target(
            name: "Devnet",
            dependencies: [
                "BaseKit", "SodiumKit", "MediaKit", "SessionWire", "SessionCalls", "SessionMedia", crypto, log,
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ] + nio, swiftSettings: strict),
        .executableTarget(
            name: "DevnetCommand", dependencies: ["Devnet", "BaseKit", "SessionWire", arguments, log],
            swiftSettings: strict),

        // Compiles Resources/ into one GResource inside the app.
        .plugin(name: "BundleResources", capability: .buildTool()),

        // Measuring and testing.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "BaseKit", "SodiumKit", "SessionWire", "SessionConfig", "SessionNetwork", "ShallotStore", "ShallotCore",
                "Devnet", "CSodium", "ZstdKit",
                crypto, log,
            ], path: "Benchmarks",
            exclude: ["Yardsticks", "measure-calls", "measure-window", "calls", "window"], swiftSettings: strict),
        .executableTarget(
            name: "CallBridge",
            dependencies: ["BaseKit", "SodiumKit", "SessionWire", "SessionCalls", "Devnet", arguments, log],
            path: "Tests/Calls/Bridge", swiftSettings: strict),
        .executableTarget(
            name: "SharedGroups", dependencies: ["SessionWire", "SessionConfig"], path: "Tests/UserInterface/Groups",
            swiftSettings: strict),
        .target(
            name: "ShallotTestSupport",
            dependencies: [
                "BaseKit", "SodiumKit", "SessionWire", "SessionNetwork", "ShallotStore", "ShallotCore", "Devnet",
            ],
            path: "Tests/ShallotTestSupport", swiftSettings: strict),
    ] + testTargets
)
