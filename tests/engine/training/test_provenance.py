"""What a pack tells about how its weights came to be."""

import json
from pathlib import Path

from engine.training import run_folder
from engine.training.export import export_run
from tests.engine.training.runs import run


def test_packs_do_not_tell_where_things_lie(rendered_root: Path, tmp_path: Path) -> None:
    """Options and command keep the names of files and folders, not the folders they lie in."""
    run("matching", rendered_root, tmp_path / "run", steps=1)
    options = tmp_path / "run" / run_folder.OPTIONS
    record = json.loads(options.read_text())
    command = f"tryon train matching --data DATA --set street={tmp_path}/photos --set rate=1e-3"
    continued = [f"from step 1: tryon train --resume --set street={tmp_path}/photos"]
    record |= {"command": command, "continued": continued, "data_folder": str(rendered_root)}
    options.write_text(json.dumps(record))
    made = export_run(tmp_path / "run", target=tmp_path / "pack")
    text = (made / "pack.json").read_text()
    assert str(tmp_path) not in text
    assert "--set street=photos --set rate=1e-3" in text
    assert "from step 1: tryon train --resume --set street=photos" in text
