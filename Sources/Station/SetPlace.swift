/// Where a set lies that can be prepared.
enum SetPlace: Equatable, Sendable {
    /// The station's own copy, by its digest.
    case copy(digest: String)
    case folder(String)

    /// One `.assayset` file.
    case archive(String)

    /// Only on servers: the addresses to try, in this order.
    case web([String], digest: String)
}
