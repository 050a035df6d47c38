"""What people do: one noun a file, one verb a function, one transaction each.

A use case takes an open store, the operator who acts and the day;
it knows nothing of screens, printers or the network.
"""
