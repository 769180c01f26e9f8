internal import Foundation
internal import Glibc
internal import SupportSets

/// A folder of pictures for enrolment, with the one record of the camera that took them all.
struct SnapshotFolder {
    private let path: String

    init(_ path: String) { self.path = path }

    /// Writes a picture and, with the first one, the record.
    ///
    /// A folder with pictures of another camera or other controls is left alone. Returns the picture's path.
    func add(_ picture: TakenPicture, line: String) throws -> String {
        if unsafe mkdir(path, 0o755) != 0, errno != EEXIST { throw failure(path) }
        try keep(picture.record)
        let moment = Date().formatted(
            .verbatim(
                "\(year: .defaultDigits)\(month: .twoDigits)\(day: .twoDigits)-\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)",
                locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
        for number in 1...9999 {
            let file = "\(path)/\(line)-\(moment)-\(String(format: "%02d", number)).png"
            if try write(picture.png, to: file) { return file }
        }
        throw CommandFailure.badInput("\(path): holds too many pictures of this second; choose another folder")
    }

    private func keep(_ record: CameraRecord) throws {
        let file = path + "/" + CameraRecord.fileName
        if try write(record.content, to: file) { return }
        let former: CameraRecord
        do throws(SupportSetError) {
            former = try CameraRecord(contentsOf: file)
        } catch {
            throw CommandFailure.badInput(error.description)
        }
        let differences = Self.differences(former, record)
        guard differences.isEmpty else {
            throw CommandFailure.badInput(
                """
                \(file): the pictures there were taken otherwise (\(differences.joined(separator: ", "))); choose \
                another folder, or set the camera as it was
                """)
        }
    }

    private static func differences(_ old: CameraRecord, _ new: CameraRecord) -> [String] {
        var found: [String] = []
        if old.camera != new.camera { found.append("camera \(old.camera.name) → \(new.camera.name)") }
        if old.frame != new.frame { found.append("another format or size") }
        if old.region != new.region { found.append("another region") }
        for name in Set(old.controls.keys).union(new.controls.keys).sorted() {
            let (before, after) = (old.controls[name], new.controls[name])
            guard before != after else { continue }
            found.append("\(name) \(before.map(String.init) ?? "–") → \(after.map(String.init) ?? "–")")
        }
        return found
    }

    /// - Returns: false when there is such a file already.
    private func write(_ bytes: [UInt8], to file: String) throws -> Bool {
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw failure(file)
        }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes[done...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let problem = failure(file)
                _ = unsafe unlink(file)
                throw problem
            }
            done += count
        }
        return true
    }

    private func failure(_ path: String) -> CommandFailure {
        let reason = unsafe String(cString: strerror(errno))
        return .badInput("\(path): cannot be written (\(reason)); check the folder, its permissions and the free space")
    }
}
