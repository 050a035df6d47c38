"""事项: what the station does for people, how it is found, and the guide of each item."""
