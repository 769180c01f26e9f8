package import Settings

/// What the station allows and keeps of support sets, as plain values.
package struct SetPolicy: Equatable, Sendable {
    package var sources: [String] = []
    package var trust: [String] = []
    package var authorities: String?
    package var credentials: String?
    package var byteLimit = 4 << 30
    package var connectTimeout = Duration.seconds(10)
    package var stallTimeout = Duration.seconds(30)
    package var rollBackAfter = 10
    package var historyLimit = 50
    package var recentByteLimit = 32 << 20
    package var markLimit = 100

    package init() {}

    package init(_ settings: SupportSetsSettings) {
        sources = settings.sources
        trust = settings.trust
        authorities = settings.authorities
        credentials = settings.credentials
        byteLimit = settings.byteLimit
        connectTimeout = settings.connectTimeout
        stallTimeout = settings.stallTimeout
        rollBackAfter = settings.rollBackAfter
        historyLimit = settings.historyLimit
        recentByteLimit = settings.recentByteLimit
        markLimit = settings.markLimit
    }
}
