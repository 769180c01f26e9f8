internal import SupportSets

extension SetLibrary {
    /// What the set in a file calls itself.
    static func identity(ofArchive path: String) throws(SetRefusal) -> SupportSetIdentity {
        do throws(SupportSetError) {
            return try SetArchive(opening: path).identity
        } catch {
            throw SetRefusal(reason: error.description)
        }
    }

    /// Opens the station's copy of the set in a file, unpacking it first if there is none.
    func adopt(archive path: String, on terms: SetTerms) throws(SupportSetError) -> (set: SupportSet, folder: String) {
        let digest = try SetArchive(opening: path, trusting: terms.keys, within: terms.bounds).identity.digest
        return try adopt(digest: digest, on: terms) { partial throws(SupportSetError) in
            try SetArchive(opening: path, trusting: terms.keys, within: terms.bounds).unpack(to: partial)
        }
    }
}
