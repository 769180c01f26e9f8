import AssayTestSupport
import Testing

/// Help, wrong usage and the settings: what needs no camera, broker or model.
struct UsageTests {
    private func run(_ arguments: String...) throws -> CommandRun { try CommandRun("assayctl", arguments) }

    @Test(arguments: [
        "enroll", "inspect", "match", "cameras", "config check", "watch", "doctor", "status", "reload", "snapshot",
        "command send",
        "set",
        "set list", "set show", "set diff", "set verify", "set pack", "set unpack", "set key", "set sign",
        "set counterexample",
    ])
    func everyCommandExplainsItselfWithExamples(command: String) throws {
        let run = try CommandRun("assayctl", command.split(separator: " ").map(String.init) + ["--help"])
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.output.contains("Examples:") && run.output.contains("assayctl \(command)"), "\(run.output)")
        #expect(run.output.contains("OVERVIEW:") && run.output.contains("USAGE:"))
    }

    @Test func theCommandItselfListsItsCommandsAndExitCodes() throws {
        for arguments in [["--help"], ["help"]] {
            let run = try CommandRun("assayctl", arguments)
            #expect(run.status == 0)
            for word in ["enroll", "inspect", "match", "cameras", "config", "watch", "Exit codes"] {
                #expect(run.output.contains(word), "\(word)")
            }
        }
    }

    @Test(arguments: [
        ["inspect"], ["inspect", "a.png"], ["inspect", "--set"], ["inspect", "--set", "s", "--colour", "a.png"],
        ["inspect", "--set", "s", "--method", "magic", "a.png"],
        ["inspect", "--set", "s", "--region", "1,2,3", "a.png"],
        ["inspect", "--set", "s", "--region", "-1,0,5,5", "a.png"],
        ["inspect", "--set", "s", "--region", "0,0,99999999999999999999,5", "a.png"],
        ["enroll"], ["enroll", "a.png"], ["enroll", "a.png", "--name", "x"], ["frobnicate"], ["--frobnicate"],
        ["config", "frobnicate"], ["match"], ["watch"], ["snapshot"], ["snapshot", "tray"],
        ["snapshot", "tray", "--into", "x", "--count", "0"], ["snapshot", "tray", "--into", "x", "--interval", "nan"],
        ["config", "check", "extra"],
    ])
    func wrongUsageIsCodeTwoWithAHint(arguments: [String]) throws {
        let run = try CommandRun("assayctl", arguments)
        #expect(run.status == 2, "\(run.status) \(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("Usage:") || run.errors.contains("--help"), "\(run.errors)")
    }

    @Test func theExampleSettingsAreValid() throws {
        let run = try self.run("config", "check", "--config", "\(Repository.root)/Config/assay.yaml")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("assay.yaml: valid"))
    }

    @Test func settingsWithAnUnknownKeyAreRefusedWithFileLineAndKey() throws {
        let folder = try TemporaryFolder("assay-settings")
        let path = try folder.write("station: press-4\nworkerz: many\n", to: "assay.yaml")
        let run = try self.run("config", "check", "--config", path)
        #expect(run.status == 3 && run.output.isEmpty)
        #expect(run.errors.contains("\(path):2") && run.errors.contains("workerz"), "\(run.errors)")
        let missing = try self.run("config", "check", "--config", "/nowhere/assay.yaml")
        #expect(missing.status == 3 && missing.output.isEmpty && missing.errors.contains("/nowhere/assay.yaml"))
    }
}
