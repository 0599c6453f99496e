"""Sets: clips, pictures and landmarks of synthetic athletes, from one recipe file."""
