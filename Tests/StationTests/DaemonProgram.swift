import AssayTestSupport
import Foundation
import Glibc

/// The programs under test lie beside the tests.
enum DaemonProgram {
    static func path(_ name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        for path in [own, CommandLine.arguments.first ?? own] + CommandLine.arguments {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            let candidate = folder.joined(separator: "/") + "/\(name)"
            if unsafe access(candidate, X_OK) == 0 { return candidate }
        }
        return "\(Repository.root)/.build/release/\(name)"
    }
}
