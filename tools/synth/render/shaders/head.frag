#version 330
// The head, and what is worn besides cloth: hair that hangs, shoes, cap, glasses.
#include "person.glsl"

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
    return mix(base, lip.rgb * 0.5, near * edge(line, pixel) * step(u, 0.85));
}

void main() {
    float pixel = max(length(fwidth(rest)), 1e-4);
    int stuff = int(part.w * 255.0 + 0.5);
    vec3 strand = hair.rgb * (0.75 + 0.5 * noise(rest * vec3(260.0, 130.0, 40.0)));
    vec3 base = face(skin.rgb, pixel);
    float bearded = mouth.w * edge((part.z - 0.5) * 0.04, max(pixel, 0.006));
    base = mix(base, hair.rgb, bearded);
    base = mix(base, strand, hair.a * edge(field.w, pixel));
    float shine = 0.12;
    if (stuff == 1) {
        base = eyeball(pixel);
        shine = 0.8;
    } else if (stuff == 2) {
        base = strand;
    } else if (stuff == 3) {
        base = mix(shoe.rgb, sole.rgb, edge(0.026 - rest.z, pixel));
    } else if (stuff == 4) {
        base = cap.rgb;
        shine = 0.0;
    } else if (stuff == 5) {
        base = frame.rgb;
        shine = 0.6;
    }
    colour = vec4(shown(base, shine), 1.0);
}
