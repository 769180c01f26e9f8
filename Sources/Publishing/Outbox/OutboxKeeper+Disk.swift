/// How the outbox's thread begins with a disk, loses it and finds it again.
extension OutboxKeeper {
    /// Opens the file, or tries it again, and writes down what memory holds.
    mutating func tryDisk() {
        do throws(OutboxFault) {
            try restore()
        } catch {
            if case .damaged = error, replace(error) {
                do throws(OutboxFault) {
                    try restore()
                } catch {
                    failed(error)
                }
            } else {
                failed(error)
            }
        }
    }

    /// How long the disk may take for what has to be done before anything else: to look over a large file, or to write
    /// down what came in a long time. After each failure it is given longer, so that it succeeds in the end.
    private var restorePatience: Duration {
        hasSeenFile ? max(settings.diskPatience, retryDelay) : settings.firstPatience
    }

    /// Has something done by the disk.
    ///
    /// - Parameter limit: the time that it is given; nil for the usual.
    func onDisk<Value: Sendable>(
        within limit: Duration? = nil,
        _ body: @escaping @Sendable (inout OutboxDisk) throws(OutboxFault) -> Value
    ) throws(OutboxFault) -> Value {
        guard let disk else { throw .unusable(reason: "there is none") }
        let limit = limit ?? settings.diskPatience
        let outcome = disk.perform(within: limit) {
            (disk: inout OutboxDisk) -> Result<Value, OutboxFault> in
            do throws(OutboxFault) {
                return .success(try body(&disk))
            } catch {
                if case .unusable = error, disk.file.isReadOnly { return .failure(.readOnly) }
                return .failure(error)
            }
        }
        guard let outcome else { throw .stalled(after: limit) }
        return try outcome.get()
    }

    private mutating func restore() throws(OutboxFault) {
        var stored = try onDisk(within: restorePatience) { disk throws(OutboxFault) in try disk.open() }
        if !hasSeenFile {
            for (name, stream) in stored.streams {
                guard let beyond = marks?.beyond(stream.last, of: name) else { continue }
                stored.streams[name]?.last = beyond
            }
            outbox.withQueue { $0.adopt(stored) }
            hasSeenFile = true
            marks?.limit = settings.diskPatience
        }
        let work = outbox.withQueue { $0.beginRestoring() }
        do throws(OutboxFault) {
            _ = try onDisk(within: restorePatience) { disk throws(OutboxFault) in try disk.perform(work) }
        } catch {
            outbox.withQueue { $0.endRestoring(work, isStored: false) }
            throw error
        }
        outbox.withQueue { $0.endRestoring(work, isStored: true) }
        if let problem = marks?.settle(work.streams.mapValues(\.last)) {
            observe(.numbersUnreserved(reason: problem))
        }
        retryDelay = settings.firstRetry
        onReady()
        guard outbox.currentFault != nil else { return }
        outbox.setFault(nil)
        observe(.outboxWorks)
    }

    /// The disk did not take what it should: a damaged file is replaced at once, anything else is tried again later.
    mutating func diskFailed(_ fault: OutboxFault) {
        if case .damaged = fault, replace(fault) {
            retryAt = .now
            return
        }
        failed(fault)
    }

    private mutating func failed(_ fault: OutboxFault) {
        switch fault {
        case .diskFull, .readOnly: break
        case .stalled: outbox.withQueue { $0.giveUpReading() }
        case .newerVersion, .damaged, .unusable:
            _ = disk?.perform(within: settings.diskPatience) { $0.letGo() }
            outbox.withQueue { $0.giveUpReading() }
        }
        if disk?.isWorking == true {
            // Looking whether it has come back costs nothing.
            retryAt = .now + settings.firstRetry
        } else {
            retryAt = .now + retryDelay
        }
        retryDelay = min(retryDelay * 2, settings.lastRetry)
        let isNews = outbox.currentFault?.code != fault.code
        outbox.setFault(fault)
        if isNews { observe(.outboxFailed(fault)) }
    }

    /// - Returns: whether there is place for a new file.
    private mutating func replace(_ fault: OutboxFault) -> Bool {
        let time = settings.clock()
        let salvages = !hasSeenFile
        var stored = StoredMessages()
        let place: String
        do throws(OutboxFault) {
            (place, stored.streams) = try onDisk { disk throws(OutboxFault) in
                try disk.setAside(at: time, salvaging: salvages)
            }
        } catch {
            return false
        }
        outbox.withQueue { queue in
            if hasSeenFile { queue.loseBacklog() } else { queue.adopt(stored) }
        }
        hasSeenFile = true
        hasLostNumbers = true
        observe(.outboxReplaced(kept: place, reason: "\(fault)"))
        return true
    }
}
