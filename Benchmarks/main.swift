import Foundation

/// `Benchmarks [--filter TEXT]` prints rows `name value yardstick ratio budget`;
/// `Benchmarks --make-profile DIRECTORY` writes the large profile that start-up is measured with;
/// `Benchmarks --waiting-network DIRECTORY` serves that profile and a network for it, see ``WaitingNetwork``.
let benchmarks =
    OnionBenchmarks.all + SessionProtocolBenchmarks.all + StoreBenchmarks.all + MessengerBenchmarks.all
    + NetworkBenchmarks.all + ConfigBenchmarks.all + RestoreBenchmarks.all

func directory(after option: String) -> URL? {
    value(after: option).map { URL(fileURLWithPath: $0, isDirectory: true) }
}

func value(after option: String) -> String? {
    let arguments = CommandLine.arguments
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
    return arguments[index + 1]
}

if let directory = directory(after: "--make-profile") {
    try await LargeProfile().write(to: directory)
} else if let directory = directory(after: "--waiting-network") {
    try await WaitingNetwork.run(in: directory)
} else {
    let filter = value(after: "--filter") ?? ""
    for benchmark in benchmarks where filter.isEmpty || benchmark.name.contains(filter) {
        for row in try await benchmark.run() { row.show() }
    }
}
