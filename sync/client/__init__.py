"""A station's side of the exchange: the line, the engine that drives it, when to try, and how a device enrols."""
