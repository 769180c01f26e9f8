/// Everything in corrections that does not fit the pictures.
package struct CorrectionErrors: Error, Equatable {
    package struct Problem: Equatable, Sendable {
        package var line: Int
        package var key: String

        /// What is wrong and what to do.
        package var message: String
    }

    package var problems: [Problem]

    /// One line a problem, as editors understand it.
    package func description(file: String) -> String {
        problems.sorted { $0.line < $1.line }.map { "\(file):\($0.line): \($0.key): \($0.message)" }
            .joined(separator: "\n")
    }
}
