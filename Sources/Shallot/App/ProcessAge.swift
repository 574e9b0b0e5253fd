import Foundation

/// How long this process has been there.
enum ProcessAge {
    /// Milliseconds since the kernel started the process; field 22 of `/proc/self/stat`, in clock ticks since the machine
    /// started. - Source: proc(5)
    static var milliseconds: Double? {
        guard let stat = FileManager.default.contents(atPath: "/proc/self/stat"),
            // The second field is a name in brackets that may hold blanks.
            let rest = String(decoding: stat, as: UTF8.self).split(separator: ")").last
        else { return nil }
        let fields = rest.split(separator: " ")
        guard fields.count > 19, let started = Double(fields[19]) else { return nil }
        var now = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &now) == 0 else { return nil }
        let seconds = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
        return (seconds - started / Double(sysconf(Int32(_SC_CLK_TCK)))) * 1000
    }
}
