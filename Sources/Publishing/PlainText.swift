/// Text from outside, made safe for a terminal.
package enum PlainText {
    /// The text with everything that could steer a terminal or turn the reading direction written as `\u{…}`.
    ///
    /// - Parameter limit: how many characters are kept; a cut is shown as `…`.
    package static func of(_ text: String, limit: Int = 400) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else {
                result.append("…")
                break
            }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: result.append(scalar)
            }
            count += 1
        }
        return String(result)
    }
}
