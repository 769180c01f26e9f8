extension String {
    /// This text in quotes for an error message.
    var quoted: String { "\"\(printable)\"" }

    /// This text on one line, at most 40 characters of it, with nothing that a terminal obeys.
    var printable: String {
        var text = ""
        for scalar in unicodeScalars.prefix(40) {
            let category = scalar.properties.generalCategory
            let isSafe = ![.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
            text += isSafe ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
        }
        return unicodeScalars.count > 40 ? text + "…" : text
    }
}
