internal import Glibc
internal import Logging
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

/// Sets that lie on servers only.
extension Station {
    struct Fetching: Sendable {
        let addresses: [String]
        let digest: String
    }

    /// Where to fetch the set that the settings name; nil where it is at hand or not on a server.
    func placeOnServer(_ settings: LineSettings) throws(SetRefusal) -> Fetching? {
        guard let text = settings.supportSet else { return nil }
        let place = try finder.place(of: SetReference(text), isConfined: false)
        guard case .web(let addresses, let digest) = place else { return nil }
        return Fetching(addresses: addresses, digest: digest)
    }

    /// Has a line's set fetched, then put in force by the steward.
    func fetch(_ fetching: Fetching, for line: Line, _ settings: LineSettings) {
        let isAccepted = fetcher.enqueue { [self] in
            let outcome = Result { () throws(SetRefusal) in
                try fetch(fetching.addresses, digest: fetching.digest)
            }
            _ = steward.enqueue { [self] in finish(outcome, fetching, for: line, settings) }
        }
        if !isAccepted {
            line.refuse(SetRefusal(reason: "too many sets are being fetched"), wanted: settings.supportSet)
        }
    }

    private func finish(
        _ outcome: Result<String, SetRefusal>, _ fetching: Fetching, for line: Line, _ settings: LineSettings
    ) {
        do throws(SetRefusal) {
            let file = try outcome.get()
            defer { remove(file) }
            // The settings may name another set by now.
            guard line.set == nil, line.orders.settings.supportSet == settings.supportSet else { return }
            let set = try prepare(.archive(file), digest: fetching.digest, for: line, line.orders.settings)
            install(set, on: line, line.orders.settings, keepsSet: false)
        } catch {
            line.refuse(error, wanted: settings.supportSet)
            noteTried(settings)
        }
    }

    /// Fetches a set into a file of its own, from the first address that has it; blocks for as long as that takes.
    func fetch(_ addresses: [String], digest: String) throws(SetRefusal) -> String {
        let policy = policy
        let web = WebFetch(
            byteLimit: policy.byteLimit, connectTimeout: policy.connectTimeout, stallTimeout: policy.stallTimeout,
            authorities: policy.authorities, credentials: policy.credentials
        ) { [weak self] in self?.inForce.withLock { $0.isStopping } ?? true }
        // A name of its own: two lines may have the same set fetched.
        let path = "\(places.fetched)/\(UUIDv7(time: .now()).text).assayset"
        var problems: [String] = []
        for address in addresses {
            do {
                try web.fetch(address, to: path)
                guard try SetLibrary.identity(ofArchive: path).digest == digest else {
                    throw SetRefusal(reason: "\(address): is not the set with the digest \(digest)")
                }
                return path
            } catch let error as SetRefusal {
                remove(path)
                problems.append(error.reason.replacing(path, with: address))
            } catch {
                problems.append("\(error)")
            }
        }
        throw SetRefusal(reason: problems.joined(separator: "; "))
    }

    /// Removes what was fetched; the next start would, too.
    func remove(_ file: String) {
        if unsafe unlink(file) != 0 {
            parts.logger.debug("Fetched file not removed", metadata: ["path": "\(file)"])
        }
    }
}
