"""From a photo to a person in a frame, with pose, parse and doubts. Imports analysis.common and below."""
