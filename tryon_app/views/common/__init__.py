"""What every view is made with: theme, icons, language, parts, dialogs. Imports words and the model."""
