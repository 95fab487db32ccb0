"""From deliveries to findings and accepted rows. Judges; changes no text."""
