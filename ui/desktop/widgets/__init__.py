"""The desktop's own controls, one to a file: they know the look, and nothing of stations, cases or the store."""
