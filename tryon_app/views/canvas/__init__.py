"""The picture in the middle: showing, comparing, editing. Imports common; knows no stage and no model."""
