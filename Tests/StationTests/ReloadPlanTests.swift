import AssayTestSupport
import Settings
import Station
import Testing

@Suite struct ReloadPlanTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func line(set: String = "/sets/a", rate: Int = 10, extra: String = "") -> String {
        "camera: {replay: /images, rate: \(rate)}, support_set: \(set)\(extra)"
    }

    private func plan(
        _ old: StationYAML, _ new: StationYAML, active: [String: String] = ["tray": "1"],
        digests: [String: String] = ["/sets/a": "1", "/sets/b": "2"]
    ) throws -> (plan: ReloadPlan, new: Settings) {
        let before = try old.settings(in: folder)
        let after = try new.settings(in: folder)
        var running: [String: Settings] = [:]
        for line in before.enabledLines { running[line.name] = before }
        let plan = ReloadPlan(
            started: before, latest: before, running: running, to: after, activeDigests: active
        ) { $0.supportSet.flatMap { digests[$0] } }
        return (plan, after)
    }

    @Test func theSameSettingsAndSetsNeedNothing() throws {
        let yaml = StationYAML(lines: ["tray": line()])
        let plan = try plan(yaml, yaml).plan
        #expect(plan.steps.isEmpty && plan.live.isEmpty && plan.restartNeeded.isEmpty)
    }

    @Test func anotherContentOfTheSameFolderNeedsTheSet() throws {
        let yaml = StationYAML(lines: ["tray": line()])
        let (plan, new) = try plan(yaml, yaml, digests: ["/sets/a": "9"])
        let settings = try #require(new.line(named: "tray"))
        #expect(plan.steps == [.change(settings, keys: [], needsSet: true, restartsCamera: false)])
    }

    @Test func aFolderThatCannotBeReadNeedsTheSetSoThatItIsReported() throws {
        let yaml = StationYAML(lines: ["tray": line()])
        let (plan, new) = try plan(yaml, yaml, digests: [:])
        let settings = try #require(new.line(named: "tray"))
        #expect(plan.steps == [.change(settings, keys: [], needsSet: true, restartsCamera: false)])
    }

    @Test func aCameraChangeLeavesTheSetAlone() throws {
        let (plan, new) = try plan(
            StationYAML(lines: ["tray": line()]), StationYAML(lines: ["tray": line(rate: 5)]))
        let settings = try #require(new.line(named: "tray"))
        #expect(plan.steps == [.change(settings, keys: ["camera"], needsSet: false, restartsCamera: true)])
    }

    @Test func anotherMethodNeedsTheSetAndKeepsTheCamera() throws {
        let (plan, new) = try plan(
            StationYAML(lines: ["tray": line()]),
            StationYAML(lines: ["tray": line(extra: ", method: romad, deadline_ms: 500")]))
        let settings = try #require(new.line(named: "tray"))
        #expect(
            plan.steps
                == [.change(settings, keys: ["method", "deadline_ms"], needsSet: true, restartsCamera: false)])
    }

    @Test func linesComeAndGo() throws {
        let (plan, new) = try plan(
            StationYAML(lines: ["tray": line()]), StationYAML(lines: ["kit": line(set: "/sets/b")]))
        let kit = try #require(new.line(named: "kit"))
        #expect(plan.steps == [.remove(name: "tray"), .add(kit)])
    }

    @Test func aLineSwitchedOffIsRemoved() throws {
        let (plan, _) = try plan(
            StationYAML(lines: ["tray": line()]), StationYAML(lines: ["tray": line(extra: ", enabled: false")]))
        #expect(plan.steps == [.remove(name: "tray")])
    }

    @Test func stationKeysAreTakenOrWaitForARestart() throws {
        let (plan, _) = try plan(
            StationYAML(workers: 2), StationYAML(workers: 3, extra: "log: {level: debug}"), active: [:])
        #expect(plan.live == ["log.level"])
        #expect(plan.restartNeeded == ["workers"])
    }

    @Test func aLineWhoseSetWasRefusedIsComparedWithTheSettingsItRunsBy() throws {
        let first = try StationYAML(lines: ["tray": line()]).settings(in: folder)
        let refused = try StationYAML(lines: ["tray": line(set: "/sets/b")]).settings(in: folder)
        // Reloaded once more without a change: the refused set is to be tried again.
        let plan = ReloadPlan(
            started: first, latest: refused, running: ["tray": first], to: refused, activeDigests: ["tray": "1"]
        ) { $0.supportSet.flatMap { ["/sets/a": "1", "/sets/b": "2"][$0] } }
        let settings = try #require(refused.line(named: "tray"))
        #expect(plan.steps == [.change(settings, keys: ["support_set"], needsSet: true, restartsCamera: false)])
    }
}
