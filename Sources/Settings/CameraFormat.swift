/// The pixel format asked of a camera: one of ours, or four letters of V4L2.
package struct CameraFormat: Equatable, Sendable {
    /// As it is written in the settings.
    package let name: String

    /// The best of what the camera has at the size and rate asked for.
    package static let auto = CameraFormat("auto")

    /// The formats that have names of their own.
    package static let named = [
        "yuyv", "uyvy", "yvyu", "vyuy", "nv12", "nv21", "yuv420", "yvu420", "nv16", "nv61", "yuv422p", "grey", "y10",
        "y12", "y16", "rgb24", "bgr24", "bggr8", "gbrg8", "grbg8", "rggb8", "mjpeg",
    ]

    /// Nil for what is neither a name nor letters as V4L2 has them; a name in small letters that is not ours is a slip
    /// of the pen.
    package init?(name: String) {
        let letters = name.hasSuffix("-BE") ? name.dropLast(3) : name[...]
        let areLetters =
            (1...4).contains(letters.utf8.count) && letters.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
            && letters.contains { $0.isUppercase }
        guard name == Self.auto.name || Self.named.contains(name) || areLetters else { return nil }
        self.name = name
    }

    private init(_ name: String) { self.name = name }
}

extension SettingsKey where Value == CameraFormat {
    init(_ path: String, standard: CameraFormat, _ effect: ChangeEffect) {
        let names = [CameraFormat.auto.name] + CameraFormat.named
        self.init(
            facts: KeyFacts(
                path: path, type: "one of \(names.joined(separator: ", "))",
                range: "or four letters of V4L2 such as RGBP",
                unit: nil, standard: standard.name, effect: effect),
            standard: standard
        ) { scalar throws(Refusal) in
            if let value = CameraFormat(name: scalar.text) { return value }
            let meant = NearMiss.of(scalar.text, among: names).map { "; did you mean \($0.quoted)?" } ?? ""
            throw Refusal(
                message: "must be one of \(names.joined(separator: ", ")), or four letters of V4L2 such as RGBP, not "
                    + "\(scalar.text.quoted)\(meant)")
        }
    }
}
