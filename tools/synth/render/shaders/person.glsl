// What every part of a person needs: its colours, where a pixel lies, noise, soft edges, light.
#include "light.glsl"
layout(std140) uniform Paint {
    vec4 skin, hair, lip, sock, shoe, sole, cap, frame;
    vec4 top[3];
    vec4 bottom[3];
    vec4 top_weave;      // pattern, metres of one repetition, seed, -
    vec4 bottom_weave;
    vec4 eye_at;         // x, y, z of the left eye and the size of the head
    vec4 mouth;          // y, z, half its width, beard 0..1
    vec4 chest;          // z of the chest, z of the hips, y of the chest's front, x of the shoulder
};
in vec3 world;
in vec3 n;
in vec3 filled;         // light without the sun, computed per vertex
in vec3 rest;
in vec4 field;           // top, bottom, sock, hair: metres inside their borders
in vec4 part;            // arm, head, beard, stuff
out vec4 colour;

float hash(vec3 p) {
    p = fract(p * vec3(0.1031, 0.1030, 0.0973));
    p += dot(p, p.yxz + 33.33);
    return fract((p.x + p.y) * p.z);
}

float noise(vec3 p) {
    vec3 i = floor(p), f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    vec4 low = vec4(hash(i), hash(i + vec3(1, 0, 0)), hash(i + vec3(0, 1, 0)), hash(i + vec3(1, 1, 0)));
    i.z += 1.0;
    vec4 high = vec4(hash(i), hash(i + vec3(1, 0, 0)), hash(i + vec3(0, 1, 0)), hash(i + vec3(1, 1, 0)));
    vec4 level = mix(low, high, f.z);
    vec2 row = mix(level.xz, level.yw, f.x);
    return mix(row.x, row.y, f.y);
}

// 0 outside, 1 inside a border, over the width of a pixel.
float edge(float distance, float pixel) { return clamp(distance / pixel + 0.5, 0.0, 1.0); }


vec3 shown(vec3 base, float shine) {
    vec3 m = normalize(n);
    float seen = moving_shadow(world, m) * still_shadow(world, m);
    return encoded(base * filled + seen * sunny(base, world, m, shine));
}
