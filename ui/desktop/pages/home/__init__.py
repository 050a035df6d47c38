"""工作台: what to do now, how many of each, and how it stands with the centre."""
