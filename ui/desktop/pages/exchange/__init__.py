"""同步: how it stands with the centre, what waits, the last exchanges, and what somebody here has to put right."""
