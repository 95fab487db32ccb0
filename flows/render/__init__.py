"""From a Brief to the finished files, and the proof of what is in them."""
