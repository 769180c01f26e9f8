"""Seeded chance: the same key always gives the same numbers."""

import functools
import hashlib
import math

import numpy


class Chance:
    """Random draws for one topic, for example `Chance(seed, index, "light")`."""

    def __init__(self, *key):
        self.key = key
        self.field_count = 0

    @functools.cached_property
    def numbers(self):
        digest = hashlib.blake2b(repr(self.key).encode(), digest_size=16).digest()
        return numpy.random.Generator(numpy.random.SFC64(int.from_bytes(digest, "little")))

    def about(self, *topic):
        """Draws of their own for a part of this topic; they do not depend on what was drawn here."""
        return Chance(*self.key, *topic)

    def uniform(self, low, high):
        return low + (high - low) * float(self.numbers.random())

    def spread(self, low, high):
        """Between `low` and `high`, even on a logarithmic scale."""
        return math.exp(self.uniform(math.log(low), math.log(high)))

    def count(self, low, high):
        """A whole number, both ends included."""
        return int(self.numbers.integers(low, high + 1))

    def happens(self, probability):
        return float(self.numbers.random()) < probability

    def normal(self, deviation=1.0):
        return deviation * float(self.numbers.standard_normal())

    def angle(self):
        return self.uniform(0.0, 2.0 * math.pi)

    def pick(self, things, weights=None):
        if weights is None:
            return things[int(self.numbers.integers(len(things)))]
        left = float(self.numbers.random()) * sum(weights)
        for thing, weight in zip(things, weights):
            left -= weight
            if left < 0:
                return thing
        return thing

    def field(self, *shape):
        """White noise; whatever its size, the other draws stay as they are."""
        self.field_count += 1
        return self.about("field", self.field_count).numbers.standard_normal(shape, dtype=numpy.float32)
