"""A studio that draws nothing, so that what would be a picture can be read as text."""

from drawing.studio import Studio


class TextOnly(Studio):
    """Stands for a machine on which nothing can be drawn."""

    def draw(self, order):
        return None
