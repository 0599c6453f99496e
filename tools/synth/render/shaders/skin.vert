#version 330
// Linear blend skinning, once a frame for every pass.
layout(std140) uniform Bones { vec4 rows[3 * 128]; };
in vec3 position;
in vec3 normal;
in uvec4 bones_a;
in uvec4 bones_b;
in vec4 weights_a;
in vec4 weights_b;
out vec3 at;
out vec3 facing;

void add(inout vec4 x, inout vec4 y, inout vec4 z, uint bone, float weight) {
    int k = 3 * int(bone);
    x += weight * rows[k];
    y += weight * rows[k + 1];
    z += weight * rows[k + 2];
}

void main() {
    vec4 x = vec4(0.0), y = vec4(0.0), z = vec4(0.0);
    for (int k = 0; k < 4; k++) if (weights_a[k] > 0.0) add(x, y, z, bones_a[k], weights_a[k]);
    if (weights_b[0] > 0.0)
        for (int k = 0; k < 4; k++) add(x, y, z, bones_b[k], weights_b[k]);
    vec4 p = vec4(position, 1.0);
    at = vec3(dot(x, p), dot(y, p), dot(z, p));
    facing = vec3(dot(x.xyz, normal), dot(y.xyz, normal), dot(z.xyz, normal));
}
