"""归档: files that wait for the archive, its catalogue, those whose period is over, and the destruction register."""
