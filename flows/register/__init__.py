"""The register of parliamentary papers: what is known to exist, kept on this machine and refreshed from two public services."""
