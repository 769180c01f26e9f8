/// Work that blocks, awaited from a task without taking a thread of the task pool.
enum BlockingCall {
    static func run<Result: Sendable>(
        name: String, _ body: @escaping @Sendable () -> Result
    ) async throws(StationError) -> Result {
        let outcome: Swift.Result<Result, StationError> = await withCheckedContinuation { continuation in
            do throws(StationError) {
                try LoneThread.start(name: name) { continuation.resume(returning: .success(body())) }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        return try outcome.get()
    }
}
