"""What the README says and what the code does: settings, events, commands."""

import inspect
import re

from chatbot.events import ChatNamespace
from server import Settings
from tests.parts import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = {f"SMOODY_{name.upper()}" for name in Settings.__dataclass_fields__}


def table_names(heading: str) -> set[str]:
    """The names in backquotes that open the rows of the table under a heading of the README."""
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE))


def test_the_readme_lists_exactly_the_settings():
    assert table_names("Settings") == SETTINGS


def test_the_example_environment_lists_exactly_the_settings():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^# (SMOODY_\w+)=", text, re.MULTILINE)) == SETTINGS


def test_no_other_setting_is_read_anywhere():
    for path in [ROOT / "server.py", *ROOT.glob("scripts/**/*.py"), *ROOT.glob("db/**/*.py")]:
        assert set(re.findall(r"SMOODY_[A-Z_]+", path.read_text(encoding="utf-8"))) <= SETTINGS | {"SMOODY_"}, path


def test_the_readme_lists_exactly_the_socket_events():
    handlers = {name.removeprefix("on_") for name in dir(ChatNamespace) if name.startswith("on_")}
    source = inspect.getsource(inspect.getmodule(ChatNamespace))
    emitted = set(re.findall(r'\bemit\(\s*"(\w+)"', source))
    assert table_names("Socket.IO events") == (handlers - {"connect"}) | emitted


def test_every_make_target_has_its_line_of_help_and_stands_in_the_readme():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert targets == re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)
    assert all(f"`make {target}`" in README for target in targets)


def test_every_script_stands_in_the_readme():
    for path in ROOT.glob("scripts/[a-z]*.py"):
        assert f"scripts.{path.stem}" in README, path.name
