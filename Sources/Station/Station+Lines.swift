internal import Assessment
internal import Logging
internal import Settings
internal import SupportSets
internal import Synchronization

/// What the steward does to lines; on its thread only.
extension Station {
    /// Brings a new line up: its set first, then its source. A refused set leaves it without one, and saying so.
    func launch(_ line: Line, _ settings: LineSettings) {
        do throws(SetRefusal) {
            line.adopt(settings, set: try prepare(settings))
        } catch {
            line.refuse(error, directory: settings.supportSet)
            noteTried(settings)
        }
        startSource(of: line, settings)
    }

    /// - Returns: nil where the settings name no set.
    func prepare(_ settings: LineSettings) throws(SetRefusal) -> JudgingSet? {
        guard let directory = settings.supportSet else { return nil }
        return try keeper.prepare(directory, method: Method(settings.method))
    }

    /// Starts the source, unless the station stops already.
    func startSource(of line: Line, _ settings: LineSettings) {
        let source = parts.makeSource(settings, started.workerCount)
        inForce.withLock { state in
            if !state.isStopping { line.start(source, ringing: pool.bell) }
        }
    }

    /// Removes copies and models that no line holds any more.
    func forgetUnused() {
        for path in keeper.keepOnly(roster.lines.compactMap(\.set)) {
            parts.logger.warning("Old support set not removed", metadata: ["path": "\(path)"])
        }
    }

    /// Tries lines without a set again when something else lies in their folder.
    func retryRefused() {
        for line in roster.lines where line.set == nil {
            let settings = line.orders.settings
            guard let digest = settings.supportSet.flatMap(Self.digest),
                inForce.withLock({ $0.triedDigests[settings.name] != digest })
            else { continue }
            noteTried(settings)
            do throws(SetRefusal) {
                line.adopt(settings, set: try prepare(settings))
            } catch {
                line.refuse(error, directory: settings.supportSet)
            }
        }
    }

    func noteTried(_ settings: LineSettings) {
        let digest = settings.supportSet.flatMap(Self.digest)
        inForce.withLock { $0.triedDigests[settings.name] = digest }
    }

    /// The digest of the set that lies in a folder now; nil where none can be read.
    static func digest(of directory: String) -> String? {
        do throws(SupportSetError) {
            return try SetLibrary.digest(of: directory)
        } catch {
            return nil
        }
    }
}

extension Method {
    fileprivate init(_ method: JudgementMethod) {
        self =
            switch method {
            case .assay: .assay
            case .objectcore: .objectcore
            case .romad: .romad
            }
    }
}
