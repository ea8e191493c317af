"""What the window shows, without the window: photos, stages, results, jobs, settings; changes are Qt signals."""
