"""References to parliamentary papers: text to `Reference` (grammar), `Reference` to text and link (citation)."""
