"""Lists as Qt sees them: table models over frozen rows, fetched in pages through the desk. Nothing here paints."""
