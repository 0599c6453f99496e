"""What BlazePose makes of an athlete whose joints are known: a model fitted to rendered clips."""
