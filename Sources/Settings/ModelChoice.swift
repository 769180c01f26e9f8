/// Which model bundle the station runs.
package enum ModelChoice: Equatable, Sendable {
    /// `default`: the bundle that came with the installation.
    case installed
    /// A bundle's directory.
    case directory(String)
}
