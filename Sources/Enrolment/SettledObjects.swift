package import Imaging
package import SupportSets

/// One object of a good image that a person, or what a person taught, has settled.
package struct SettledObject: Equatable, Sendable {
    /// On the segmenter's grid; not empty.
    package var mask: Mask
    package var label: ObjectLabel

    package init(mask: Mask, label: ObjectLabel) {
        precondition(mask.area > 0)
        self.mask = mask
        self.label = label
    }
}

/// What is known of one good image: its objects, all of them, and what is none although it looks like one.
package struct SettledImage: Equatable, Sendable {
    package var objects: [SettledObject]
    package var clutter: [SettledObject]

    package init(objects: [SettledObject], clutter: [SettledObject] = []) {
        self.objects = objects
        self.clutter = clutter
    }
}

/// The good images whose objects are known and so are not selected, by the images' names in the set.
package struct SettledObjects: Equatable, Sendable {
    package var images: [String: SettledImage]

    package init(images: [String: SettledImage] = [:]) {
        self.images = images
    }
}
