"""The world around an athlete: rooms, things in them, light, camera and film."""
