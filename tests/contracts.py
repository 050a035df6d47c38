"""Kinds of import-linter contracts that the tool does not bring; pyproject.toml uses them.

The tool's own `protected` kind fails where nothing imports the package yet, and it has no kind
that lists what a package may import.
"""

import sys
from collections.abc import Iterable
from typing import cast

import grimp
from importlinter import Contract, ContractCheck, fields, output


class _DirectImports(Contract):
    """Decides for each import by itself; chains of imports do not matter."""

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        broken = sorted(
            f"{importer} imports {imported}"
            for importer in graph.modules
            if not graph.is_module_squashed(importer)
            for imported in graph.find_modules_directly_imported_by(importer)
            if not self.allows(importer, imported)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for sentence in check.metadata["broken"]:
            output.print_error(sentence, bold=False)

    def allows(self, importer: str, imported: str) -> bool:
        raise NotImplementedError


class ImportsOnly(_DirectImports):
    """`importer` imports Daiban's packages, the standard library and `allowed`, nothing else."""

    importer = fields.StringField()
    allowed = fields.ListField(subfield=fields.StringField())

    def allows(self, importer: str, imported: str) -> bool:
        importers, allowed = [cast("str", self.importer)], cast("list[str]", self.allowed)
        known = {*self.session_options["root_packages"], *sys.stdlib_module_names, *allowed}
        return not _within(importer, importers) or imported.partition(".")[0] in known


class ImportedOnlyBy(_DirectImports):
    """`packages` are imported by `importers` and what is inside them, and by nobody else."""

    packages = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def allows(self, importer: str, imported: str) -> bool:
        packages, importers = cast("list[str]", self.packages), cast("list[str]", self.importers)
        return not _within(imported, packages) or _within(importer, importers)


def _within(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
