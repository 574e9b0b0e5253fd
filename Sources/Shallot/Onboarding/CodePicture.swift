import Foundation
import GtkKit
import ShallotModels

/// Reads the QR codes of a picture beside the main thread.
enum CodePicture {
    static func texts(in file: URL) async throws(CodePictureError) -> [String] {
        try await result { () throws(PictureProblem) in try read(file) }.get()
    }

    static func texts(in texture: Texture) async throws(CodePictureError) -> [String] {
        let picture: GrayPicture
        do { picture = try GrayPicture(texture) } catch { throw CodePictureError(error) }
        return try await result { () throws(PictureProblem) in try QRCodeReader.texts(in: picture) }.get()
    }

    @concurrent private static func result(
        _ read: @Sendable () throws(PictureProblem) -> [String]
    ) async -> Result<[String], CodePictureError> {
        do { return .success(try read()) } catch { return .failure(CodePictureError(error)) }
    }

    private nonisolated static func read(_ file: URL) throws(PictureProblem) -> [String] {
        guard let handle = try? FileHandle(forReadingFrom: file) else { throw .unreadable }  // gone, or not ours
        defer { try? handle.close() }  // it was only read
        // One byte more than is taken tells that there is more; a folder cannot be read.
        guard let data = try? handle.read(upToCount: QRCodeReader.byteLimit + 1) else { throw .unreadable }
        return try QRCodeReader.texts(in: [UInt8](data))
    }
}

extension CodePictureError {
    fileprivate nonisolated init(_ problem: PictureProblem) {
        self =
            switch problem {
            case .tooLarge: .tooLarge
            case .unreadable: .unreadable
            case .noCode: .noCode
            }
    }
}
