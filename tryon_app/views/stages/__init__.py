"""The strip of stages and the page of one stage, with its tools. Imports canvas, common and words."""
