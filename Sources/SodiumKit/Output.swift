/// Runs a C function that writes exactly `size` bytes and returns 0 when all went well; `nil` otherwise.
@inline(__always)
func output(_ size: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int32) -> [UInt8]? {
    guard size > 0 else {
        // C wants an address even where nothing is written.
        var nowhere: UInt8 = 0
        return write(&nowhere) == 0 ? [] : nil
    }
    var isDone = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        guard let start = buffer.baseAddress else { return }
        isDone = write(start) == 0
        count = isDone ? size : 0
    }
    return isDone ? bytes : nil
}
