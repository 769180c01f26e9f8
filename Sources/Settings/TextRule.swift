/// What a text may be, by the thing it names.
enum TextRule: Sendable {
    case stationName
    case host
    case userName
    case clientID
    case topicPrefix
    /// A file or directory; relative paths start at the folder of the settings file that states them.
    case path
    case device
    /// The name of a link in one of udev's folders, without the folder.
    case link
    case cameraFact
    case model
    /// Where support sets may come from.
    case setSource
    /// A public key, or the file that holds it.
    case key
    /// A support set, wherever it is.
    case setReference

    var type: String {
        switch self {
        case .path, .device: "path"
        case .model: "\"default\" or the path of a bundle's directory"
        case .key: "path or ed25519: and 64 digits"
        case .setSource: "path or http(s) address"
        case .setReference: "path of a folder or .assayset file, name@version, digest, or http(s) address with #digest"
        case .stationName, .host, .userName, .clientID, .topicPrefix, .link, .cameraFact: "text"
        }
    }

    var range: String? {
        switch self {
        case .stationName: "\(Name.rule)"
        case .host: "a host name or address, at most 253 characters"
        case .userName, .clientID: "1 to 128 characters"
        case .topicPrefix: "topic levels joined by /, without + and #, at most 200 bytes"
        case .device: "absolute"
        case .link: "the link's name without its folder, at most 255 bytes"
        case .cameraFact: "1 to 255 bytes, as assayctl cameras shows it"
        case .path, .model, .key, .setSource, .setReference: nil
        }
    }

    /// The text as it is used, paths made absolute.
    func checked(_ scalar: SettingsScalar) throws(Refusal) -> String {
        let text = scalar.text
        guard !text.isEmpty else { throw Refusal(message: "must not be empty") }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            throw Refusal(message: "must not hold control characters, as \(text.quoted) does")
        }
        switch self {
        case .stationName:
            guard Name.isValid(text) else { throw Refusal(message: "must be \(Name.rule), not \(text.quoted)") }
        case .host:
            let isHost = text.utf8.count <= 253 && !text.utf8.contains { " /@?#".utf8.contains($0) }
            guard isHost else {
                throw Refusal(
                    message: "must be a host name or address alone, not \(text.quoted); the port is a key of its own")
            }
        case .userName, .clientID:
            guard text.count <= 128 else { throw Refusal(message: "must be 1 to 128 characters long") }
        case .topicPrefix: try Self.checkTopic(text)
        case .device:
            guard text.hasPrefix("/"), text.utf8.count <= 4095 else {
                throw Refusal(message: "must be a path such as /dev/video0, not \(text.quoted)")
            }
        case .link:
            guard !text.contains("/"), text.utf8.count <= 255 else {
                let name = text.split(separator: "/").last.map(String.init) ?? ""
                throw Refusal(message: "must be the name of a link without its folder, such as \(name.quoted)")
            }
        case .cameraFact:
            guard text.utf8.count <= 255 else { throw Refusal(message: "must be 1 to 255 bytes long") }
        case .model where text == "default": return text
        case .key: if !text.hasPrefix("ed25519:") { return try Self.absolute(text, besides: scalar.place.file) }
        case .setSource: return try Self.checkedSource(scalar)
        case .setReference: return try Self.checkedReference(scalar)
        case .path, .model: return try Self.absolute(text, besides: scalar.place.file)
        }
        return text
    }

    private static func checkTopic(_ text: String) throws(Refusal) {
        let levels = text.split(separator: "/", omittingEmptySubsequences: false)
        let isTopic = text.utf8.count <= 200 && !levels.contains("") && !text.utf8.contains { "+#".utf8.contains($0) }
        guard isTopic, !text.hasPrefix("$") else {
            throw Refusal(
                message:
                    "must be topic levels joined by /, none empty, without +, # or a leading $, at most 200 bytes, "
                    + "not \(text.quoted)")
        }
    }

    private static func absolute(_ text: String, besides file: String) throws(Refusal) -> String {
        guard text.utf8.count <= 4095 else { throw Refusal(message: "is longer than a path can be") }
        guard !text.hasPrefix("~") else {
            throw Refusal(message: "must be an absolute path, or one from this file's folder; ~ is not expanded")
        }
        if text.hasPrefix("/") { return text }
        guard let slash = file.lastIndex(of: "/") else { return text }
        return String(file[...slash]) + text
    }
}
