#version 330
// Skin, hair, face and clothes, painted by where on the body at rest a pixel lies.
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

vec3 cloth(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    int kind = int(weave.x + 0.5);
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    if (kind == 1) {
        float d = abs(fract(p.z / scale) - 0.5) - 0.25;
        return mix(a, b, edge(d * scale, pixel));
    }
    if (kind == 2) {
        float d = 0.12 - abs(fract(p.x / scale) - 0.5);
        return mix(a, b, edge(d * scale, pixel));
    }
    if (kind == 3) {
        vec2 d = (abs(fract(p.xz / scale) - 0.5) - 0.25) * scale;
        return mix(a, b, 0.5 * edge(d.x, pixel) + 0.5 * edge(d.y, pixel));
    }
    if (kind == 4) {
        vec2 cell = fract(vec2(p.x + 0.5 * scale * mod(floor(p.z / scale), 2.0), p.z) / scale) - 0.5;
        return mix(a, b, edge((0.28 - length(cell)) * scale, pixel));
    }
    if (kind == 5) {
        float upper = p.z - mix(chest.y, chest.x, 0.8) - 0.2 * abs(p.x);
        float sides = abs(p.x) - 0.62 * chest.w;
        return mix(mix(a, b, edge(sides, pixel)), c, edge(upper, pixel) * (1.0 - step(0.5, arm)));
    }
    if (kind == 6) {
        bool on_top = p.z > chest.y + 0.1;
        vec2 centre = on_top ? vec2(0.0, chest.x - 0.05) : vec2(0.16, chest.y - 0.16);
        vec2 q = (p.xz - centre) / (on_top ? vec2(1.5, 1.0) : vec2(0.6));
        float d = min(0.055 - length(q), max(abs(q.x) - 0.012, abs(q.y) - 0.018));
        float front = 1.0 - step(0.0, p.y + 0.02);
        return mix(a, b, front * edge(d, pixel) * (1.0 - step(0.5, arm)));
    }
    if (kind == 7) {
        float x = noise(p / scale + weave.z), y = noise(p / scale * 1.3 + weave.z + 40.0);
        vec3 two = mix(a, b, edge((x - 0.52) * scale, pixel));
        return mix(two, c, edge((y - 0.62) * scale, pixel));
    }
    return a;
}

vec3 eyeball(float pixel) {
    vec2 off = vec2(abs(rest.x) - eye_at.x, rest.z - eye_at.z);
    float far = length(off) / eye_at.w;
    vec3 white = mix(vec3(0.80, 0.78, 0.76), vec3(0.10, 0.055, 0.03), edge(0.0068 - far, pixel));
    return mix(white, vec3(0.01), edge(0.0032 - far, pixel));
}

vec3 face(vec3 base, float pixel) {
    float s = eye_at.w;
    vec2 q = vec2(abs(rest.x), rest.z - eye_at.z) / s;
    float front = step(rest.y, eye_at.y + 0.022 * s);
    float ex = eye_at.x / s;
    // Lashes: a thin dark rim about the lids.
    float lash = length(vec2(q.x - ex, 1.9 * q.y - 0.002)) - 0.0165;
    base = mix(base, base * 0.45, front * edge(0.0035 - abs(lash), pixel) * step(-0.004, q.y));
    // Brows: an arc above the eyes, thinner outwards.
    float out_ = q.x - ex;
    float arc = q.y - 0.0235 - 0.10 * out_ + 6.0 * out_ * out_;
    float brow = min(0.0042 - 0.05 * out_ - abs(arc), 0.021 - abs(out_ - 0.002));
    base = mix(base, hair.rgb * 0.8, front * 0.85 * edge(brow, pixel));
    // Lips: fuller in the middle.
    float mz = (mouth.y - eye_at.z) / s, wide = mouth.z / s;
    float u = q.x / wide;
    float lips = (0.0092 - 0.0015 * u) * (1.0 - u * u) - abs(q.y - mz + 0.001);
    float near = step(rest.y, mouth.x + 0.016 * s);
    base = mix(base, lip.rgb, near * edge(lips, pixel));
    float line = 0.0012 - abs(q.y - mz);
    return mix(base, lip.rgb * 0.4, near * edge(line, pixel) * step(u, 0.95));
}

void main() {
    float pixel = max(length(fwidth(rest)), 1e-4);
    int stuff = int(part.w * 255.0 + 0.5);
    vec3 base;
    float shine = 0.12;
    if (stuff == 0) {
        base = skin.rgb;
        if (part.y > 0.3) {
            base = face(base, pixel);
            base = mix(base, hair.rgb, mouth.w * edge((part.z - 0.5) * 0.04, max(pixel, 0.006)));
            float streak = hair.a < 0.5 ? 1.0 : 0.75 + 0.5 * noise(rest * vec3(260.0, 130.0, 60.0));
            base = mix(base, hair.rgb * streak, hair.a * edge(field.w, pixel));
        }
        base = mix(base, sock.rgb, edge(field.z, pixel));
        vec3 low = cloth(bottom, bottom_weave, rest, part.x, pixel);
        base = mix(base, low, edge(field.y, pixel));
        vec3 high = cloth(top, top_weave, rest, part.x, pixel);
        high *= 1.0 - 0.35 * edge(0.004 - abs(field.x - 0.012), pixel);
        base = mix(base, high, edge(field.x, pixel));
        if (max(field.x, field.y) > 0.0) shine = 0.0;
    } else if (stuff == 1) {
        base = eyeball(pixel);
        shine = 0.8;
    } else if (stuff == 2) {
        base = hair.rgb * (0.75 + 0.5 * noise(rest * vec3(260.0, 130.0, 25.0)));
        shine = 0.25;
    } else if (stuff == 3) {
        base = mix(shoe.rgb, sole.rgb, edge(0.026 - rest.z, pixel));
    } else if (stuff == 4) {
        base = cap.rgb;
        shine = 0.0;
    } else {
        base = frame.rgb;
        shine = 0.6;
    }
    vec3 m = normalize(n);
    float seen = dot(m, sun) > 0.0 ? moving_shadow(world, m) * still_shadow(world, m) : 0.0;
    vec3 light = dull(base, world, m);
    if (seen > 0.0) light += seen * sunny(base, world, m, shine);
    colour = vec4(encoded(light), 1.0);
}
