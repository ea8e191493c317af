"""From a product photo to a garment with its mask. Imports analysis.common and below."""
