/// Where the sources lie.
package enum Repository {
    /// The folder with `Package.swift`.
    package static var root: String {
        let levels = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return levels.dropLast(3).joined(separator: "/")
    }
}
