#version 330
uniform mat4 camera;
uniform mat4 model;
in vec3 position;
in vec3 normal;
in vec3 tint;
#ifdef TEXTURED
in vec2 uv;
out vec2 texel;
#endif
out vec3 world;
out vec3 n;
out vec3 paint;

void main() {
    world = (model * vec4(position, 1.0)).xyz;
    n = mat3(model) * normal;
    paint = tint;
#ifdef TEXTURED
    texel = uv;
#endif
    gl_Position = camera * vec4(world, 1.0);
}
