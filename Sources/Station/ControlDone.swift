/// The answer to a request that needs no more words.
package struct ControlDone: Codable, Equatable, Sendable {
    package var ok = true

    package init() {}
}
