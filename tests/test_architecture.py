"""Who may import whom, and what serving must not load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parts import ROOT

OURS = {"server", "chatbot", "classifiers", "db", "scripts", "tests"}
MAY_IMPORT = {
    "server": {"chatbot", "classifiers", "db"},
    "chatbot": {"classifiers", "db"},
    "scripts": {"classifiers", "db"},
    "db": {"classifiers.labels", "classifiers.features"},
    "classifiers": set(),
}
TRAINING = {
    "torch",
    "transformers",
    "keras",
    "sklearn",
    "onnx",
    "onnxscript",
    "sentencepiece",
    "kiwipiepy",
    "openpyxl",
    "matplotlib",
}
# A library that only some of our files may know, and those files.
ONLY_IN = {
    "flask": {"server.py", "chatbot/events.py", "chatbot/pages.py"},
    "flask_socketio": {"server.py", "chatbot/events.py"},
    "eventlet": {"server.py"},
    "gevent": {"server.py"},
    "sqlalchemy": {"db/"},
    "alembic": {"db/"},
    "onnxruntime": {"classifiers/"},
    "spotipy": {"scripts/sources/spotify.py"},
    **{library: {"classifiers/training/"} for library in TRAINING},
}
FILES = sorted([ROOT / "server.py", *(path for room in MAY_IMPORT for path in ROOT.glob(f"{room}/**/*.py"))])


def imports_of(path: Path) -> list[tuple[ast.AST, str]]:
    """Every import in a file as (node, full dotted module), relative ones resolved."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = ".".join(filter(None, [package if node.level else "", node.module]))
            found += [(node, module)]
            if module in OURS:  # `from db import replies` names a module of ours
                found += [(node, f"{module}.{alias.name}") for alias in node.names]
    return found


def within(module: str, allowed: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def test_there_are_files_to_check():
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_arrows(path):
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    for _, module in imports_of(path):
        if module.split(".")[0] in OURS - {room} and module not in OURS:
            assert within(module, MAY_IMPORT[room]), f"{path} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_stays_in_its_rooms(path):
    name = path.relative_to(ROOT).as_posix()
    for _, module in imports_of(path):
        rooms = ONLY_IN.get(module.split(".")[0])
        assert rooms is None or any(name.startswith(room) for room in rooms), f"{name} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_of_ours_is_imported_inside_a_function(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for node, module in imports_of(path):
        assert id(node) not in inside or module.split(".")[0] not in OURS, f"{path}:{node.lineno} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_environment_is_read_at_the_top_only(path):
    source = path.read_text(encoding="utf-8")
    if "environ" in source or "getenv" in source:
        name = path.relative_to(ROOT).as_posix()
        assert name == "server.py" or name.startswith(("scripts/", "db/migrations/")), name


def test_the_server_loads_no_training_library():
    code = "import server, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "onnxruntime" in loaded
    assert not loaded & TRAINING
