"""What the README gives clusters: the manifest parses and its commands are this program's, the script is a script."""

import shlex
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from typer.main import get_command

from engine.cli import app
from tests.conftest import ROOT

FOLDER = ROOT / "resources" / "cluster"


def options_of_batch() -> set[str]:
    command: Any = get_command(app)
    return {name for option in command.commands["batch"].params for name in (*option.opts, *option.secondary_opts)}


def check_command(text: str) -> None:
    words = shlex.split(text)
    assert words[:2] == ["tryon", "batch"]
    assert {word for word in words if word.startswith("--")} <= options_of_batch()


def maps(of: Any) -> Iterator[dict[str, Any]]:
    """Every map anywhere in a document."""
    if isinstance(of, dict):
        yield of
    for inner in of.values() if isinstance(of, dict) else of if isinstance(of, list) else ():
        yield from maps(inner)


@pytest.fixture
def job() -> Any:
    (document,) = yaml.safe_load_all((FOLDER / "kuberay.yaml").read_text(encoding="utf-8"))
    return document


def test_the_manifest_is_a_ray_job_of_this_program(job: Any) -> None:
    assert (job["apiVersion"], job["kind"]) == ("ray.io/v1", "RayJob")
    check_command(job["spec"]["entrypoint"])
    cluster = job["spec"]["rayClusterSpec"]
    groups = [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]
    assert [{*group} >= {"rayStartParams", "template"} for group in groups] == [True] * 2
    assert all(isinstance(value, str) for group in groups for value in group["rayStartParams"].values())
    for group in cluster["workerGroupSpecs"]:
        assert group["minReplicas"] <= group["replicas"] <= group["maxReplicas"]


def test_what_the_manifest_mounts_is_there_and_all_run_one_image(job: Any) -> None:
    pods = [one["spec"] for one in maps(job) if "containers" in one.get("spec", {})]
    assert len(pods) == 2
    for pod in pods:
        volumes = {volume["name"] for volume in pod["volumes"]}
        (container,) = pod["containers"]
        assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
        assert container["resources"]["requests"] == container["resources"]["limits"]
    assert len({pod["containers"][0]["image"] for pod in pods}) == 1


def test_workers_fit_their_pods(job: Any) -> None:
    words = shlex.split(job["spec"]["entrypoint"])
    workers, cpus = (int(words[words.index(name) + 1]) for name in ("--workers", "--cpus-per-worker"))
    (group,) = job["spec"]["rayClusterSpec"]["workerGroupSpecs"]
    cores = int(group["template"]["spec"]["containers"][0]["resources"]["limits"]["cpu"])
    assert workers == group["maxReplicas"] * (cores // cpus)


def test_the_script_for_slurm_parses_and_says_how_it_is_used() -> None:
    path = FOLDER / "slurm.sh"
    assert subprocess.run(["bash", "-n", path], check=False).returncode == 0
    done = subprocess.run(["bash", path], check=False, capture_output=True, text=True)
    assert (done.returncode, "usage" in done.stderr) == (2, True)
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    command = next(line for line in text.splitlines() if "tryon batch" in line)
    check_command("tryon batch" + command.split("tryon batch")[1].replace("$((SLURM_JOB_NUM_NODES * cores))", "8"))
