"""From files to deliveries. Whatever cannot be read as meant becomes a finding with its place; nothing is judged here."""
