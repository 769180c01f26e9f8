internal import Inference
internal import Settings
internal import Station
internal import SupportSets

/// The support set that a line's settings name: where the daemon would take it from, and whether it would.
struct SetCheck {
    let line: LineSettings
    let settings: Settings
    let bundle: String
    let places: StationPlaces

    private var what: String { "support set    \(line.name):" }

    var finding: DoctorFinding {
        guard let text = line.supportSet else {
            return .warning("\(what) none", "the line gives no verdicts; enrol one and name it in support_set")
        }
        let lookup: SetLookup
        do throws(SetRefusal) {
            lookup = try SetLookup(text, settings: settings.supportSets, places: places)
        } catch {
            return .error("\(what) \(error.reason)", "until then the line gives no verdict")
        }
        switch lookup.place {
        case .folder(let path), .archive(let path): return finding(at: path)
        case .servers: return server(lookup)
        }
    }

    private func server(_ lookup: SetLookup) -> DoctorFinding {
        do throws(SetRefusal) {
            return .ok("\(what) \(try lookup.askServers()) answers; what it has is checked once it is fetched")
        } catch {
            return .unreachable("\(what) \(error.reason)", "until then the line keeps the set it has, if any")
        }
    }

    private func finding(at path: String) -> DoctorFinding {
        let set: SupportSet
        let given: GivenSet
        do {
            given = try GivenSet(path, trusting: TrustedKeys(settings.supportSets.trust))
            set = given.set
        } catch let error as CommandFailure {
            return .error("\(what) \(error.message)", "until then the line gives no verdict")
        } catch {
            return .error("\(what) \(error)", "until then the line gives no verdict")
        }
        let label = "\(set.identity.name)@\(set.identity.version) in \(path)"
        guard set.manifest.calibration.methods[line.method.rawValue] != nil else {
            return .error("\(what) \(label) has no calibration for \(line.method.rawValue)", "enrol it anew")
        }
        let precision = set.manifest.model.precision
        do throws(InferenceError) {
            let opened = try ModelBundle(opening: bundle)
            guard opened.digest == set.manifest.model.digest else {
                return .error("\(what) \(label) was enrolled with another model", "enrol it anew with this one")
            }
            let pinned = Precision(settings.precision).map { opened.manifest.precision(wanted: $0).rawValue }
            guard pinned ?? precision == precision else {
                return .error(
                    "\(what) \(label) was enrolled in \(precision), but the settings name \(pinned ?? "another")",
                    "set precision to auto, or enrol it anew")
            }
        } catch {
            return .warning("\(what) \(label) is whole, but there is no model to compare", "see the model bundle")
        }
        if line.method == .assay, set.manifest.surface == nil, set.manifest.k >= 3 {
            return .warning(
                "\(what) \(label) is of an earlier release: all places of the picture have one limit",
                "enrol it anew from the same images, or a missing part may pass as inconclusive")
        }
        return .ok("\(what) \(label), \(set.manifest.k) image(s), \(precision)")
    }
}
