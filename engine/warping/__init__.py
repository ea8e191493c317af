"""Ways to lay a garment onto a person, tensors in and out. Imports networks, category, imaging and below."""
