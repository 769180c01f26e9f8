/// What people say of the good images beyond that they are good.
package struct EnrolmentGuidance: Sendable {
    package var corrections = ObjectCorrections()

    /// Where the corrections stand, for messages.
    package var correctionsPath = "objects.yaml"

    /// Files that go into the set as they are, by their names there.
    package var files: [(name: String, bytes: [UInt8])] = []

    package init() {}
}
