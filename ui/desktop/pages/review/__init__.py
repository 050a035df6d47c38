"""审查: the queue of an authority, one case after the other. The case itself is shown as in 办件."""
