"""What the box tells systemd and the journal about itself."""
