"""Pages: each parses, authorises, calls one action or selector, and renders."""
