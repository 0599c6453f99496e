"""The renderer: OpenGL without a window, drawn by the graphics card or by Mesa on the processor."""
