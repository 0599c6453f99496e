#version 330
#include "light.glsl"
uniform mat4 camera;
in vec3 at;
in vec3 facing;
in vec3 position;
in vec4 cover;
in vec4 share;
out vec3 world;
out vec3 n;
out vec3 filled;
out vec3 rest;
out vec4 field;
out vec4 part;

void main() {
    world = at;
    n = facing;
    filled = fill(at, normalize(facing));
    rest = position;
    field = cover;
    part = share;
    gl_Position = camera * vec4(at, 1.0);
}
