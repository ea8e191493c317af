"""What the machine gives: devices, files written whole or not at all, progress and abort. Imports errors only."""
