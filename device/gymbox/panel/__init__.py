"""Screen, buttons and buzzer."""
