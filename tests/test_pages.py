"""chatbot/pages.py: the page, the browser libraries and the headers."""

import re

import pytest
import requests

from chatbot.pages import VENDOR_FILES
from tests.parts import ROOT


@pytest.fixture
def get(server):
    return lambda path: requests.get(server.url + path, timeout=10)


def test_the_page_is_korean_and_complete(get):
    page = get("/")
    assert page.status_code == 200
    assert '<html lang="ko"' in page.text
    assert 'name="viewport"' in page.text


def test_everything_the_page_names_is_served(get):
    paths = re.findall(r'(?:src|href)="(/[^"]+)"', get("/").text)
    assert any(path.startswith("/vendor/") for path in paths)
    for path in paths:
        assert get(path).status_code == 200, path


def test_everything_the_scripts_import_is_served(get):
    for script in (ROOT / "static" / "js").glob("*.js"):
        assert get(f"/static/js/{script.name}").headers["Content-Type"].startswith("text/javascript")
        for path in re.findall(r'["\'](/vendor/[^"\']+)["\']', script.read_text(encoding="utf-8")):
            assert get(path).status_code == 200, path


def test_the_page_has_no_inline_script_or_style(get):
    page = get("/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/js/main.js", "/nowhere"])
def test_every_answer_carries_the_protecting_headers(get, path):
    headers = get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", sorted(VENDOR_FILES))
def test_the_browser_libraries_are_served(get, name):
    assert get(f"/vendor/{name}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/vendor/bootstrap/package.json", "/vendor/../server.py", "/vendor/%2e%2e/server.py", "/server.py"]
)
def test_nothing_else_of_the_disk_is_served(get, path):
    assert get(path).status_code == 404


def test_the_health_check_answers(get):
    assert get("/healthz").json() == {"status": "ok"}
