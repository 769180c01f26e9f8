/// Why bytes are not the JSON that is asked for.
package enum JSONFault: Error, Equatable, CustomStringConvertible {
    case notUTF8
    case ends

    /// - Parameter place: of the byte, counted from 1.
    case unexpected(place: Int)
    case tooDeep(limit: Int)
    case repeated(member: String)

    package var description: String {
        switch self {
        case .notUTF8: "it is not UTF-8 text"
        case .ends: "it ends too early"
        case .unexpected(let place): "byte \(place) does not belong there"
        case .tooDeep(let limit): "it is nested more than \(limit) levels deep"
        case .repeated(let member): "the member \(PlainText.of(member, limit: 64)) is there twice"
        }
    }
}
