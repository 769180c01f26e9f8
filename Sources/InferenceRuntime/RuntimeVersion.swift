/// Which runtime library is in use.
package struct RuntimeVersion: Equatable, Sendable {
    package let build: String

    /// The path under which it was opened.
    package let path: String
}
