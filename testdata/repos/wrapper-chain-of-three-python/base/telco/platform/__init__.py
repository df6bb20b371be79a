from .decide import decide
