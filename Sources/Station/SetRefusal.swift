/// Why a support set does not come into force, in a sentence that says what, where and what to do.
package struct SetRefusal: Error, Equatable, Sendable {
    package let reason: String
}
