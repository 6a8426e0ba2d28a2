"""Dask with certificates, as the page shows it: who has none is told so, and nothing is written."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.runner.cli import main
from tests.helpers.paths import ROOT
from tests.helpers.studies import written

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl"),
]
MAKE = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=study -keyout key.pem"
HOW_TO = (ROOT / "docs" / "howto" / "studies.md").read_text("utf-8")


@pytest.fixture
def certificates(tmp_path, monkeypatch):
    """The variables of the page, and a certificate."""
    pytest.importorskip("distributed")
    monkeypatch.chdir(tmp_path)
    subprocess.run([*MAKE.split(), "-out", "cert.pem"], check=True, capture_output=True)
    names = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": "cert.pem"}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        names[f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT"] = "cert.pem"
        names[f"DASK_DISTRIBUTED__COMM__TLS__{role}__KEY"] = "key.pem"
    found = {name: str(tmp_path / file) for name, file in names.items()}
    return found | {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true"}


@pytest.fixture
def scheduler(certificates):
    """A scheduler and a worker with certificates; the scheduler's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, environment = f"tls://127.0.0.1:{port}", os.environ | certificates
    environment["PYTHONPATH"] = str(ROOT)

    def dask(*words):
        command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
        return subprocess.Popen(command, env=environment, stdout=-3, stderr=-3)

    started = [dask("scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", str(port))]
    started.append(dask("worker", address, "--nthreads", "1", "--no-nanny"))
    yield address
    # How they end is not what is tested, and a worker without its scheduler may wait for long.
    for one in reversed(started):
        one.kill()
        one.wait()


def test_a_study_runs_with_the_variables_of_the_page(scheduler, certificates, tmp_path):
    assert all(name.partition("__TLS__")[0] in HOW_TO for name in certificates)
    written(tmp_path)
    words = ["study", "study.toml", "--dask", scheduler, "--workers", "1", "--out", "out"]
    ran = subprocess.run(
        [sys.executable, "-m", "experiments", *words],
        env=os.environ | certificates | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert ran.returncode == 0, ran.stderr
    assert "6 cells computed" in ran.stdout


def test_who_has_no_certificate_is_told_so_before_anything_is_written(scheduler, tmp_path, capsys):
    written(tmp_path)
    words = ["study", "study.toml", "--dask", scheduler, "--workers", "1", "--out", "out"]
    assert main(words) == 2
    line = capsys.readouterr().err
    assert "needs certificates" in line and line.count("\n") == 1
    assert not Path("out").exists()
