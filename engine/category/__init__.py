"""Which kind of garment is put on: what of a person it replaces, hides and shows. Nothing else knows "upper body".

May import labels and pose; `table` holds a row a kind, `agnostic` takes the old garment out of photo and parse,
`visibility` says where a garment's outline can be seen.
"""

from engine.category.table import CATEGORIES, UPPER, Category

__all__ = ["CATEGORIES", "UPPER", "Category"]
