"""Bodies from the parametric model `anny` (its MakeHuman base mesh is CC0), written as plain arrays for Blender.

PyTorch and Blender need not share a process: `python -m resources.samples.render.body OUT` writes OUT/NAME.npz.
"""

import sys
from pathlib import Path
from typing import Any

import anny
import numpy as np
import torch
from anny.keypoints import KeypointsRegressor
from scipy.spatial.transform import Rotation

from resources.samples.render.base_mesh import Array
from resources.samples.render.cast import PEOPLE, WOMAN, Angles, Person

STEPS = 5  # poses between the rest pose and the final one: the cloth follows them
HANGER: Angles = {  # the body that product photos hang on
    "upperarm01.L": (8, 12, 0),
    "upperarm01.R": (8, -12, 0),
    "lowerarm01.L": (34, 8, 0),
    "lowerarm01.R": (34, -8, 0),
}


def main(out: Path) -> None:
    """Pose every person and the hanger, and write them."""
    torch.set_num_threads(1)
    model = anny.Anny(
        topology="makehuman", rig="makehuman", phenotypes="all", local_changes="all", facial_actions="all"
    )
    out.mkdir(parents=True, exist_ok=True)
    hanger = Person(**{**WOMAN.__dict__, "name": "hanger", "pose": HANGER, "local": {}})
    for person in (*PEOPLE, hanger):
        arrays: dict[str, Any] = body(model, person)
        np.savez_compressed(out / f"{person.name}.npz", **arrays)


def body(model: Any, person: Person) -> dict[str, Array]:
    """Vertices (steps, V, 3) and joints (steps, 23 + ..., 3) from the rest pose to the person's, metres."""
    poses = [posed(model, person, step / (STEPS - 1)) for step in range(STEPS)]
    coco = KeypointsRegressor.coco(model)
    names = [str(label) for label in coco.labels]
    last = poses[-1]
    joints = coco(last)[0].numpy()
    bones = last["bone_poses"][0, :, :3, 3].numpy()
    strongest = torch.gather(model.vertex_bone_indices, 1, model.vertex_bone_weights.argmax(1, keepdim=True))[:, 0]
    return {
        "vertices": np.stack([pose["vertices"][0].numpy() for pose in poses]).astype(np.float32),
        "joint_names": np.array(names),
        "joints": joints.astype(np.float32),
        "bone_names": np.array(model.bone_labels),
        "bones": bones.astype(np.float32),
        "rest_bones": poses[0]["bone_poses"][0, :, :3, 3].numpy().astype(np.float32),
        "strongest": strongest.numpy().astype(np.int32),
    }


def posed(model: Any, person: Person, part: float) -> dict[str, torch.Tensor]:
    """The model's output for the person, `part` of the way from the rest pose to the pose."""
    angles = {"root": (0.0, 0.0, 0.0)} | person.pose
    return dict(
        model(
            pose_parameters={bone: turned(turn, part) for bone, turn in angles.items()},
            phenotype_kwargs=tensors(person.shape),
            local_changes_kwargs=tensors(person.local),
            facial_actions=tensors(person.face),
        )
    )


def tensors(values: dict[str, float]) -> dict[str, torch.Tensor]:
    """Each number as a batch of one."""
    return {name: torch.tensor([value], dtype=torch.float32) for name, value in values.items()}


def turned(angles: tuple[float, float, float], part: float) -> torch.Tensor:
    """(1, 4, 4): rotation by `part` of the rotation vector `angles`, whose length is the angle in degrees."""
    matrix = np.eye(4)
    matrix[:3, :3] = Rotation.from_rotvec(np.array(angles) * part, degrees=True).as_matrix()
    return torch.from_numpy(matrix).float()[None]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
