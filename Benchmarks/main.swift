import Foundation

/// `Benchmarks [--filter TEXT]` prints rows `name value yardstick ratio budget`;
/// `Benchmarks --make-profile DIRECTORY` writes the large profile that start-up is measured with.
let benchmarks =
    OnionBenchmarks.all + SessionProtocolBenchmarks.all + StoreBenchmarks.all + MessengerBenchmarks.all

func value(after option: String) -> String? {
    let arguments = CommandLine.arguments
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
    return arguments[index + 1]
}

if let path = value(after: "--make-profile") {
    try await LargeProfile().write(to: URL(fileURLWithPath: path, isDirectory: true))
} else {
    let filter = value(after: "--filter") ?? ""
    for benchmark in benchmarks where filter.isEmpty || benchmark.name.contains(filter) {
        for row in try await benchmark.run() { row.show() }
    }
}
