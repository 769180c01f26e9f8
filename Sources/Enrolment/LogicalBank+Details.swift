internal import SupportSets

extension LogicalBank {
    /// The bank with the scales of all details multiplied.
    func widened(details width: Float) -> LogicalBank {
        guard width != 1 else { return self }
        var factors = PartVector(repeating: 1)
        for part in CostPart.details { factors[part.rawValue] = width }
        var bank = self
        bank.commonScales *= factors
        for image in bank.images.indices {
            for object in bank.images[image].objects.indices { bank.images[image].objects[object].scales *= factors }
        }
        return bank
    }
}
