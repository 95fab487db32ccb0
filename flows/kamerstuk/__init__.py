"""References to parliamentary papers: from text (grammar), and to text, identifier and link (citation)."""
