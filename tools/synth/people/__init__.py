"""The people: parametric bodies, what they wear, and the joints that labels are made of."""
