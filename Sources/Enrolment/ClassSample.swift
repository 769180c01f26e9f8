package import Composition

/// Something measured of which it is known how far it is an object of a class.
package struct ClassSample {
    package let object: ObjectDescriptor

    /// An index of the classes; nil for what is no object.
    package let index: Int?

    /// How far it is that object, 0...1: a region that covers a part of it is one in part.
    package let share: Float

    package init(object: ObjectDescriptor, index: Int?, share: Float) {
        self.object = object
        self.index = index
        self.share = share
    }
}
