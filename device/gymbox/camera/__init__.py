"""Where frames come from: Pi camera, USB camera, recording."""
