"""The nouns: frozen dataclasses, validated when made. Imports nothing else of the project, reads no file and no clock."""
