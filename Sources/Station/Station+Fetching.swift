internal import Glibc
internal import Health
internal import Logging
internal import Publishing
internal import Settings
internal import SupportSets
internal import Synchronization

/// Sets that lie on servers only. Nothing waits for them: a line goes on with what it has until its set is there.
extension Station {
    struct Fetching: Sendable {
        let addresses: [String]
        let digest: String
    }

    /// Has the set that a line's settings name brought into the library, whereupon the steward gives the line what they
    /// say; until then nothing of the line changes.
    ///
    /// - Parameter isRetry: nobody asked anew, so nothing is told anew.
    func fetch(_ fetching: Fetching, for line: Line, _ settings: LineSettings, isRetry: Bool = false) {
        let name = settings.name
        let isUnderWay = inForce.withLock { state in
            defer { state.fetching[name] = fetching.digest }
            return state.fetching[name] == fetching.digest
        }
        guard !isUnderWay else { return }
        let wanted = settings.supportSet ?? fetching.digest
        line.waitForSet(SupportSetFetching(set: wanted, since: .now()))
        if !isRetry { announcer.event(.setFetching, line: line.name, why: wanted, data: ["set": wanted]) }
        let isAccepted = fetcher.enqueue { [self] in
            let outcome = Result { () throws(SetRefusal) in
                try fetch(fetching.addresses, digest: fetching.digest)
            }
            let isAccepted = steward.enqueue { [self] in
                finish(outcome, fetching, for: line, wanted: wanted, isRetry: isRetry)
            }
            if !isAccepted {
                if case .success(let file) = outcome { remove(file) }
                giveUp(fetching, for: line, SetRefusal(reason: "too many changes wait"), wanted, isRetry: isRetry)
            }
        }
        if !isAccepted {
            giveUp(
                fetching, for: line, SetRefusal(reason: "too many sets are being fetched"), wanted, isRetry: isRetry)
        }
    }

    /// On the steward's thread: what was fetched is at hand like any other set from here on.
    private func finish(
        _ outcome: Result<String, SetRefusal>, _ fetching: Fetching, for line: Line, wanted: String, isRetry: Bool
    ) {
        let name = line.name.description
        do throws(SetRefusal) {
            let file = try outcome.get()
            defer { remove(file) }
            // The settings may name another set by now, which is fetched after this one.
            guard inForce.withLock({ $0.fetching[name] == fetching.digest }) else { return }
            try keeper.take(in: file, on: policy.terms())
        } catch {
            return giveUp(fetching, for: line, error, wanted, isRetry: isRetry)
        }
        inForce.withLock { $0.fetching[name] = nil }
        line.waitForSet(nil)
        if !isRetry {
            announcer.event(
                .setFetched, line: line.name, why: wanted, data: ["set": wanted, "digest": fetching.digest])
        }
        guard roster.line(named: name) === line else { return }
        let hadSet = line.set != nil
        if let outcome = catchUp(name, isRetry: isRetry), hadSet { sayOutcome(outcome) }
        if line.set == nil { noteTried(line.orders.settings) }
        forgetUnused()
    }

    private func giveUp(
        _ fetching: Fetching, for line: Line, _ refusal: SetRefusal, _ wanted: String, isRetry: Bool
    ) {
        let name = line.name.description
        let isWanted = inForce.withLock { state in
            guard state.fetching[name] == fetching.digest else { return false }
            state.fetching[name] = nil
            return true
        }
        guard isWanted else { return }
        line.waitForSet(nil)
        line.refuse(refusal, wanted: wanted, isRetry: isRetry)
        noteTried(line.orders.settings)
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
