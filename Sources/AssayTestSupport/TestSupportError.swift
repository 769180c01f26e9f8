/// Why a test's surroundings could not be set up.
package enum TestSupportError: Error, Equatable {
    case refused(what: String, errno: Int32)

    /// A program is not there; the remedy says how to get it.
    case missing(program: String, remedy: String)

    /// A program ended too early or never became ready.
    case notReady(program: String, output: String)
}
