public import SessionNetwork

extension NetworkOptions {
    /// Limits that only a hanging test reaches: how busy the machine is must not decide what a test sees. Nothing waits
    /// for them while everything works, and faults that tests plan show themselves at once.
    public static var patient: NetworkOptions {
        var options = NetworkOptions()
        options.connectTimeout = .seconds(120)
        options.requestTimeout = .seconds(120)
        options.seedTimeout = .seconds(120)
        options.probeTimeout = .seconds(120)
        return options
    }
}
