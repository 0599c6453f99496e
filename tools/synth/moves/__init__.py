"""What athletes do: exercises, faults and idle movements as data, and the rig that plays them."""
