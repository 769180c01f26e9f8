import Capture
import Health
import Station
import Testing
import Verdicts

@Suite struct FaultWatchTests {
    private func moment(_ seconds: Double) -> MonotonicTime { MonotonicTime(nanoseconds: Int64(seconds * 1e9)) }

    private func told(
        by watch: inout FaultWatch, after decision: Decision, reasons: [ReasonCode], why: String? = nil,
        at now: MonotonicTime
    ) -> [FaultWatch.Turn] {
        watch.turns(after: decision, reasons: reasons, why: why, at: now)
    }

    @Test func aFaultIsToldAtItsBeginningAndItsEnd() {
        var watch = FaultWatch()
        #expect(told(by: &watch, after: .pass, reasons: [], at: moment(0)).isEmpty)
        let begun = told(by: &watch, after: .noVerdict, reasons: [.frozenImage], at: moment(1))
        #expect(begun.map(\.code) == [.imageFrozen])
        #expect(told(by: &watch, after: .noVerdict, reasons: [.frozenImage], at: moment(2)).isEmpty)
        #expect(told(by: &watch, after: .fail, reasons: [], at: moment(3)).map(\.code) == [.imageFrozenOver])
        #expect(told(by: &watch, after: .pass, reasons: [], at: moment(4)).isEmpty)
    }

    @Test func aFaultThatComesAndGoesIsOneFault() {
        var watch = FaultWatch()
        var codes: [EventCode] = []
        for frame in 0..<300 {
            let isDamaged = frame % 7 == 3
            let turns = told(
                by: &watch,
                after: isDamaged ? .noVerdict : .pass, reasons: isDamaged ? [.lightDrift] : [],
                at: moment(Double(frame) / 10))
            codes += turns.map(\.code)
        }
        #expect(codes == [.lightDrift])
        #expect(told(by: &watch, after: .pass, reasons: [], at: moment(41)).map(\.code) == [.lightDriftOver])
    }

    @Test func aFrameThatWasNotLookedAtEndsNothing() {
        var watch = FaultWatch()
        _ = told(by: &watch, after: .noVerdict, reasons: [.blackImage], at: moment(0))
        #expect(
            told(by: &watch, after: .noVerdict, reasons: [.staleFrame], at: moment(100)).map(\.code) == [.overload])
        #expect(told(by: &watch, after: .noVerdict, reasons: [.modelTimeout], at: moment(200)).isEmpty)
        let light = told(by: &watch, after: .noVerdict, reasons: [.blownOutImage], at: moment(300))
        #expect(light.map(\.code) == [.overloadOver, .imageBlackOver, .imageBlownOut])
    }

    @Test func whatWasMeasuredIsSaid() {
        var watch = FaultWatch()
        let turns = told(by: &watch, after: .noVerdict, reasons: [.blackImage], why: "99 % is dark", at: moment(0))
        #expect(turns.first?.why == "99 % is dark")
        let other = told(by: &watch, after: .noVerdict, reasons: [.frozenImage], at: moment(0))
        #expect(other.first?.why?.isEmpty == false)
    }

    @Test func severalReasonsOfOneFaultAreToldAsOne() {
        var watch = FaultWatch()
        #expect(
            told(by: &watch, after: .noVerdict, reasons: [.modelTimeout], at: moment(1)).map(\.code) == [.overload])
        #expect(told(by: &watch, after: .noVerdict, reasons: [.staleFrame], at: moment(2)).isEmpty)
        #expect(told(by: &watch, after: .noVerdict, reasons: [.modelTimeout], at: moment(3.5)).isEmpty)
        // The frames were fresh again for long, but the verdicts came late a moment ago.
        #expect(told(by: &watch, after: .pass, reasons: [], at: moment(4.5)).isEmpty)
        #expect(told(by: &watch, after: .pass, reasons: [], at: moment(6)).map(\.code) == [.overloadOver])
    }
}
