"""The import rules of docs/architecture.md as functions over syntax trees: module name and source in, breaches out."""

import ast
import sys
from pathlib import Path

APPS = ("imt.audit", "imt.accounts", "employers", "apprentices", "reports")
GROUND = {
    "imt.codes",
    "imt.exports",
    "imt.fields",
    "imt.moments",
    "imt.prepared",
    "imt.queue",
    "imt.sheets",
    "imt.tables",
    "imt.triggers",
    "imt.written_times",
}
ROOF = {
    "imt.admin",
    "imt.asgi",
    "imt.celery",
    "imt.demo",
    "imt.management",
    "imt.middleware",
    "imt.settings",
    "imt.urls",
    "imt.views",
    "imt.wsgi",
}
# From left to right; what shares a place may import each other.
LAYERS = (
    {"rules"},
    {"fields"},
    {"models"},
    {"permissions"},
    {"queries"},
    {"notifications"},
    {"actions"},
    {"forms", "files"},
    {"views", "api", "decorators", "middleware", "backends", "adapter", "templatetags"},
    {"admin", "tasks", "management"},
    {"urls"},
)
OUTSIDE = {"migrations", "tests", "apps"}
BANNED = {"utils", "helpers", "common", "core", "manager", "service", "handler"}


def modules_of(root):
    """{module name: path} of every module of the project that the rules are about."""
    found = {}
    for package in ("imt", "employers", "apprentices", "reports"):
        for path in sorted((root / package).rglob("*.py")):
            parts = list(path.relative_to(root).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            if parts != ["imt"] and not OUTSIDE & set(parts):
                found[".".join(parts)] = path
    return found


def place_of(module):
    """(app, layer) as positions, "ground" or "roof"; None for a package that holds nothing; a ValueError otherwise."""
    if _within(module, GROUND):
        return "ground"
    if _within(module, ROOF):
        return "roof"
    for position, app in enumerate(APPS):
        if module == app:
            return None
        if module.startswith(app + "."):
            layer = module.removeprefix(app + ".").split(".")[0]
            for rank, names in enumerate(LAYERS):
                if layer in names:
                    return position, rank
    raise ValueError(f"{module} has no place: name it in imt/tests/architecture.py")


def _within(module, names):
    return any(module == name or module.startswith(name + ".") for name in names)


def may_import(importer, imported):
    """May the place `importer` import the place `imported`? (places as of place_of)"""
    if imported is None or imported == "ground" or importer == "roof":
        return True
    if imported == "roof" or importer == "ground":
        return False
    return imported[0] <= importer[0] and imported[1] <= importer[1]


def imports_of(tree, known):
    """(node, full name) of each import; a name that is a module itself counts as that module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node, full if full in known else node.module


def breaches(module, source, known):
    """Every breach in one module, as `line: what`. `known` holds the names of all modules of the project."""
    tree = ast.parse(source)
    yield from _forms(tree)
    place = place_of(module)
    if place is None:
        return
    is_rule = isinstance(place, tuple) and "rules" in LAYERS[place[1]]
    for node, name in imports_of(tree, known):
        is_ours = name.split(".")[0] in ("imt", "employers", "apprentices", "reports")
        if is_ours and not may_import(place, place_of(name)):
            yield f"{node.lineno}: {module} may not import {name}"
        if is_rule and not is_ours and name.split(".")[0] not in sys.stdlib_module_names:
            yield f"{node.lineno}: rules are plain Python, not {name}"
        if is_rule and is_ours and place_of(name) == "ground":
            yield f"{node.lineno}: rules are plain Python, not {name}"


def _forms(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{node.lineno}: relative import"
        if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING":
            yield f"{node.lineno}: TYPE_CHECKING"
        if isinstance(node, ast.Name) and node.id in ("__import__", "import_module"):
            yield f"{node.lineno}: {node.id} hides an import"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "ready":
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    yield f"{inner.lineno}: import inside {node.name}()"


def banned_names(modules):
    return [module for module in modules if BANNED & set(module.split("."))]


ROOT = Path(__file__).resolve().parent.parent.parent
