"""效能监督: the lights of open cases, cards that are deserved, issued, answered and judged."""
