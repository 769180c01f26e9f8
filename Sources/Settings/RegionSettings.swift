/// A rectangle of whole frame pixels.
package struct RegionSettings: Equatable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int
}
