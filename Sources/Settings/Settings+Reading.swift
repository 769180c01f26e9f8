extension Settings {
    /// Reads the file at `path` and the drop-ins, the files ending in `.yaml` in `directory`, in the order of their names.
    ///
    /// Later files win key by key; a key set to `null` is back at its default. A directory that does not exist holds no
    /// drop-ins.
    ///
    /// - Throws: all problems of all files at once.
    package init(
        contentsOf path: String, dropIns directory: String?, machine: Machine = .current
    ) throws(SettingsErrors) {
        var tree = SettingsTree(place: SettingsPlace(file: path, line: 1), content: .map([]))
        var findings = SettingsFindings()
        var files = [path]
        do throws(SettingsErrors) {
            if let directory { files += try SettingsFile.dropIns(in: directory) }
        } catch {
            findings.problems += error.problems
        }
        for file in files {
            do throws(SettingsErrors) {
                let document = SettingsDocument(parsing: try SettingsFile.text(of: file), file: file)
                findings.problems += document.problems
                switch document.tree.content {
                case .map: tree = tree.overlaid(by: document.tree)
                case .empty, .unset, .refused: break
                case .scalar, .list:
                    findings.problems.append(
                        document.tree.place.problem("", "is not a settings file; it must be \"key: value\" lines"))
                }
            } catch {
                findings.problems += error.problems
            }
        }
        // A file that could not be read may hold what the others seem to lack.
        let isComplete = findings.problems.isEmpty
        let settings = Self.read(tree, machine: machine, findings: &findings)
        let problems = findings.problems + (isComplete ? findings.absences : [])
        guard problems.isEmpty, let settings else {
            let order = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
            let sorted = problems.sorted {
                (order[$0.file] ?? -1, $0.line ?? 0, $0.key) < (order[$1.file] ?? -1, $1.line ?? 0, $1.key)
            }
            throw SettingsErrors(problems: sorted)
        }
        self = settings
    }

    /// The directory of drop-ins that belongs to a settings file: `assay.d` beside `assay.yaml`.
    package static func dropInDirectory(besides path: String) -> String {
        let stem = path.hasSuffix(".yaml") ? String(path.dropLast(5)) : path
        return stem + ".d"
    }

    private static func read(_ tree: SettingsTree, machine: Machine, findings: inout SettingsFindings) -> Settings? {
        var top = SectionReader(tree, path: "", place: tree.place)
        let workers = top.value(SettingsKeys.workers) ?? min(2, machine.coreCount)
        let model = top.settled(SettingsKeys.model)
        let precision = top.settled(SettingsKeys.precision)

        var station = top.section("station")
        let name = station.value(SettingsKeys.stationName) ?? machine.stationName
        station.finish(into: &findings)

        var mqtt = top.section("mqtt")
        let broker = BrokerSettings(reading: &mqtt, stationName: name, findings: &findings)
        mqtt.finish(into: &findings)

        var log = top.section("log")
        let level = log.settled(SettingsKeys.logLevel)
        log.finish(into: &findings)

        var health = top.section("health")
        let interval = health.settled(SettingsKeys.healthInterval)
        health.finish(into: &findings)

        var sets = top.section("support_sets")
        let supportSets = SupportSetsSettings(reading: &sets)
        sets.finish(into: &findings)

        var section = top.section("lines")
        let lines = LineSettings.all(reading: &section, findings: &findings)
        section.finish(into: &findings)
        top.finish(into: &findings)
        guard let lines else { return nil }
        return Settings(
            stationName: name, workerCount: workers,
            model: model == "default" ? .installed : .directory(model), precision: precision, broker: broker,
            logLevel: level, healthInterval: .seconds(interval), supportSets: supportSets,
            lines: lines)
    }
}
