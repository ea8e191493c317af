"""The person without what they wear: grey where the garment may go, with the pose drawn."""

from collections.abc import Sequence

from engine.category import Category
from engine.category.agnostic import agnostic_image, agnostic_parse
from engine.tryon.context import Context
from engine.values import Agnostic, Person


def run(context: Context, person: Sequence[Person]) -> list[Agnostic]:
    """Take the worn garment out of photo and parse, and draw the pose."""
    return [_agnostic(one, context.category) for one in person]


def _agnostic(person: Person, category: Category) -> Agnostic:
    pose = person.pose.completed()
    return Agnostic(
        image=agnostic_image(person.image, person.parse, pose, category),
        parse=agnostic_parse(person.parse, pose, category),
        pose_picture=person.pose.draw() if person.pose_picture is None else person.pose_picture,
    )
