"""The strip of views and the canvas's page of one of them: what each is drawn with and how it is edited."""
