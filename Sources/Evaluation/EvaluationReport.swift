/// One self-contained page.
package struct EvaluationReport {
    private let result: EvaluationResult

    package init(_ result: EvaluationResult) { self.result = result }

    package func html() -> [UInt8] { Array("<!doctype html>".utf8) }
}
