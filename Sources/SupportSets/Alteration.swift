/// What is done to one part of a good picture to see whether a set notices it.
///
/// The names stand in manifests; new ones may come, none changes its meaning.
package enum Alteration: String, Codable, CaseIterable, Sendable {
    /// Taken away, with its surroundings in its place.
    case erased

    /// Copied to a free place.
    case added

    /// Another kind of part lies in its place.
    case replaced

    /// A part of another kind and this one have changed places.
    case swapped
    case moved

    /// By half a turn, or by a quarter where it is as wide as long.
    case turned

    /// Shorter by a quarter, or smaller by a fifth where it is as wide as long.
    case resized
    case recoloured

    /// A piece at its edge is gone.
    case chipped
    case stained

    /// In a table's first column.
    package var words: String {
        switch self {
        case .erased: "part missing"
        case .added: "part too many"
        case .replaced: "another part in its place"
        case .swapped: "two parts exchanged"
        case .moved: "part moved"
        case .turned: "part turned"
        case .resized: "part shorter or smaller"
        case .recoloured: "part of another colour"
        case .chipped: "part chipped"
        case .stained: "part stained"
        }
    }
}
