"""How .tflite files are found, checked and run; one module per kind of network."""
