import Glibc
import Inference
import InferenceRuntime
import Testing

@Suite struct OpenVINOTests {
    @Test func theRuntimeIsTheOneOfTheSetUp() throws {
        let version = try OpenVINO.version()
        #expect(version.build.hasPrefix("2026.4.1"))
        #expect(version.path.hasSuffix("libopenvino_c.so.2641"))
    }

    @Test func aMissingRuntimeIsAnErrorThatNamesTheFile() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("ASSAY_OPENVINO_DIR", "/nowhere", 1)
            do {
                _ = try OpenVINO.version()
                exit(1)
            } catch InferenceError.runtimeMissing(let reason) {
                exit(reason.contains("/nowhere/libopenvino_c.so.2641") ? 0 : 2)
            } catch {
                exit(3)
            }
        }
    }
}
