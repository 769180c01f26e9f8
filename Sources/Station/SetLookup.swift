internal import Glibc
package import Settings
internal import SupportSets

/// Where the daemon would take the set from that a line's settings name; nothing is fetched and nothing changed.
package struct SetLookup: Sendable {
    package enum Place: Equatable, Sendable {
        /// A folder, or the station's own copy.
        case folder(String)

        /// An `.assayset` file.
        case archive(String)

        /// Only on servers: the addresses that are tried, in this order.
        case servers([String], digest: String)
    }

    package let place: Place

    /// As the set calls itself, `name@version`; nil where that can only be told once it is here, or not at all.
    package let label: String?
    private let policy: SetPolicy

    /// - Parameter text: as the settings name the set.
    /// - Throws: why there is none.
    package init(
        _ text: String, settings: SupportSetsSettings, places: StationPlaces
    ) throws(SetRefusal) {
        policy = SetPolicy(settings)
        let library = SetLibrary(folder: places.sets)
        let found = try SetFinder(library: library, sources: policy.sources).place(
            of: SetReference(text), isConfined: false)
        let identity: SupportSetIdentity?
        switch found {
        case .copy(let digest):
            place = .folder(library.folder(of: digest))
            identity = SetFinder.identity(ofSetIn: library.folder(of: digest))
        case .folder(let path):
            place = .folder(path)
            identity = SetFinder.identity(ofSetIn: path)
        case .archive(let path):
            place = .archive(path)
            identity = try SetLibrary.identity(ofArchive: path)
        case .web(let addresses, let digest):
            place = .servers(addresses, digest: digest)
            identity = nil
        }
        label = identity.map { "\($0.name)@\($0.version)" }
    }

    /// In a sentence's end.
    package var wording: String {
        switch place {
        case .folder(let path), .archive(let path): label.map { "\($0) in \(path)" } ?? path
        case .servers(let addresses, _): "to be fetched from \(addresses.joined(separator: " or "))"
        }
    }

    /// Asks the servers one after the other; blocks for as long as that takes.
    ///
    /// - Returns: the first address that has the file.
    /// - Throws: what was wrong with each.
    package func askServers() throws(SetRefusal) -> String {
        guard case .servers(let addresses, _) = place else { throw SetRefusal(reason: "it is on no server") }
        let web = WebFetch(
            byteLimit: policy.byteLimit, connectTimeout: policy.connectTimeout, stallTimeout: policy.stallTimeout,
            authorities: policy.authorities, credentials: policy.credentials
        ) { false }
        var problems: [String] = []
        for address in addresses {
            do throws(WebFetchError) {
                try web.look(at: address)
                return address
            } catch {
                problems.append(error.description)
            }
        }
        throw SetRefusal(reason: problems.joined(separator: "; "))
    }
}
