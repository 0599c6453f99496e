#version 330
uniform float value;
out float label;

void main() { label = value; }
