"""The district keeps its catalogue: the editor of an item, cancelling, merging, Excel, figures."""
