"""docker-compose.yml and Dockerfile, as far as they can be read without an engine."""

import re
import subprocess

import pytest
import yaml

from server import Settings
from tests.parts import ROOT, find_program

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_dockerfile_passes_its_linter():
    done = subprocess.run([find_program("hadolint"), ROOT / "Dockerfile"], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_server_waits_for_a_healthy_database():
    server, database = COMPOSE["services"]["server"], COMPOSE["services"]["database"]
    assert server["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert database["image"] == "mysql:8.4"
    assert "healthcheck" in database


def test_only_loopback_is_published_and_the_database_not_at_all():
    assert COMPOSE["services"]["server"]["ports"] == ["127.0.0.1:5000:5000"]
    assert "ports" not in COMPOSE["services"]["database"]


def test_no_password_is_written_down():
    database = COMPOSE["services"]["database"]["environment"]
    assert database["MYSQL_PASSWORD"].startswith("${MYSQL_PASSWORD:?")
    assert "${MYSQL_PASSWORD:?" in COMPOSE["services"]["server"]["environment"]["SMOODY_DATABASE_URL"]


def test_every_setting_in_the_images_exists():
    known = {f"SMOODY_{name.upper()}" for name in Settings.__dataclass_fields__}
    used = set(re.findall(r"SMOODY_[A-Z_]+", DOCKERFILE)) | set(COMPOSE["services"]["server"]["environment"])
    assert used <= known


def test_the_image_runs_as_an_ordinary_user_with_a_health_check():
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*\n.*healthz", DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize("source", re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE))
def test_everything_copied_into_the_image_exists_and_is_sent_to_the_engine(source):
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name in source.split():
        assert (ROOT / name).exists(), name
        assert f"!{name}" in ignore, name
