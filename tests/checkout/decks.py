"""Chance that forgets nothing: each card comes once before any comes again."""


class Deck:
    """Cards that are drawn in a random order, and shuffled anew when all have been drawn."""

    def __init__(self, chance, cards):
        self.chance, self.cards, self.left = chance, list(cards), []

    def draw(self):
        """The next one."""
        if not self.left:
            self.left = self.chance.sample(self.cards, len(self.cards))
        return self.left.pop()
