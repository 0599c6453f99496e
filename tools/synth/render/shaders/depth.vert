#version 330
uniform mat4 camera;
uniform mat4 model;
in vec3 at;

void main() { gl_Position = camera * model * vec4(at, 1.0); }
