internal import SupportSets

/// What every set has to meet before it is anything to the station.
struct SetTerms: Equatable, Sendable {
    /// Whose signature it must have; any or none where there are no keys.
    var keys = TrustedKeys()
    var bounds = SetBounds()
}

extension SetPolicy {
    /// - Throws: where a key of the settings cannot be read: no set is taken then.
    func terms() throws(SetRefusal) -> SetTerms {
        do throws(SupportSetError) {
            return SetTerms(keys: try TrustedKeys(trust), bounds: SetBounds(mostBytes: byteLimit))
        } catch {
            throw SetRefusal(reason: error.description)
        }
    }
}
