package import SupportSets

/// One object that differs from its counterpart, or has none.
package struct Difference: Sendable {
    /// Index into the seen composition; nil when the object is missing.
    package var seen: Int?

    /// Index into the best support image's objects; nil when the object is extra.
    package var known: Int?

    /// How far it deviates, weighted by how reliably the good images show it; 0 is identical, about 1.6 is gone.
    package var deviation: Float

    /// Each part in 0...1.
    package var parts: PartVector
}
