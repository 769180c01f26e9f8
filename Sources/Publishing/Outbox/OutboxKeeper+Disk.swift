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

    private mutating func restore() throws(OutboxFault) {
        guard let file else { return }
        if store == nil { store = try file.open() }
        if !hasSeenFile, var stored = store?.stored {
            for (name, stream) in stored.streams {
                guard let beyond = marks?.beyond(stream.last, of: name) else { continue }
                stored.streams[name]?.last = beyond
            }
            outbox.withQueue { $0.adopt(stored) }
            hasSeenFile = true
        }
        let work = outbox.withQueue { $0.beginRestoring() }
        do throws(OutboxFault) {
            _ = try store?.perform(work)
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
        case .newerVersion, .damaged, .unusable:
            store = nil
            outbox.withQueue { $0.giveUpReading() }
        }
        retryAt = .now + retryDelay
        retryDelay = min(retryDelay * 2, settings.lastRetry)
        let isNews = outbox.currentFault != fault
        outbox.setFault(fault)
        if isNews { observe(.outboxFailed(fault)) }
    }

    /// - Returns: whether there is place for a new file.
    private mutating func replace(_ fault: OutboxFault) -> Bool {
        guard let file else { return false }
        store = nil
        var stored = StoredMessages()
        if !hasSeenFile { stored.streams = file.salvage() }
        let place: String
        do throws(OutboxFault) {
            place = try file.setAside(at: settings.clock())
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
