"""文书: the register of issued documents, what a case may still be given, and how printing goes."""
