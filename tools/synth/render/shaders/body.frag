#version 330
// Skin and clothes below the head, painted by where on the body at rest a pixel lies.
// TOP and BOTTOM are the patterns, as look.PATTERNS counts them.
#include "person.glsl"

vec3 plain(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) { return colours[0].rgb; }

vec3 stripes(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    float d = abs(fract(p.z / scale) - 0.5) - 0.25;
    return mix(a, b, edge(d * scale, pixel));
}

vec3 pinstripes(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    float d = 0.12 - abs(fract(p.x / scale) - 0.5);
    return mix(a, b, edge(d * scale, pixel));
}

vec3 checks(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    vec2 d = (abs(fract(p.xz / scale) - 0.5) - 0.25) * scale;
    return mix(a, b, 0.5 * edge(d.x, pixel) + 0.5 * edge(d.y, pixel));
}

vec3 dots(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    vec2 cell = fract(vec2(p.x + 0.5 * scale * mod(floor(p.z / scale), 2.0), p.z) / scale) - 0.5;
    return mix(a, b, edge((0.28 - length(cell)) * scale, pixel));
}

vec3 blocks(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    float upper = p.z - mix(chest.y, chest.x, 0.8) - 0.2 * abs(p.x);
    float sides = abs(p.x) - 0.62 * chest.w;
    return mix(mix(a, b, edge(sides, pixel)), c, edge(upper, pixel) * (1.0 - step(0.5, arm)));
}

vec3 patch_(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    bool on_top = p.z > chest.y + 0.1;
    vec2 centre = on_top ? vec2(0.0, chest.x - 0.05) : vec2(0.16, chest.y - 0.16);
    vec2 q = (p.xz - centre) / (on_top ? vec2(1.5, 1.0) : vec2(0.6));
    float d = min(0.055 - length(q), max(abs(q.x) - 0.012, abs(q.y) - 0.018));
    float front = 1.0 - step(0.0, p.y + 0.02);
    return mix(a, b, front * edge(d, pixel) * (1.0 - step(0.5, arm)));
}

vec3 camouflage(vec4 colours[3], vec4 weave, vec3 p, float arm, float pixel) {
    float scale = weave.y;
    vec3 a = colours[0].rgb, b = colours[1].rgb, c = colours[2].rgb;
    float x = noise(p / scale + weave.z), y = noise(p / scale * 1.3 + weave.z + 40.0);
    vec3 two = mix(a, b, edge((x - 0.52) * scale, pixel));
    return mix(two, c, edge((y - 0.62) * scale, pixel));
}

#define PATTERN_0 plain
#define PATTERN_1 stripes
#define PATTERN_2 pinstripes
#define PATTERN_3 checks
#define PATTERN_4 dots
#define PATTERN_5 blocks
#define PATTERN_6 patch_
#define PATTERN_7 camouflage
#define PASTE(a, b) a##b
#define CLOTH(k) PASTE(PATTERN_, k)

void main() {
    float pixel = max(length(fwidth(rest)), 1e-4);
    vec3 base = mix(skin.rgb, sock.rgb, edge(field.z, pixel));
    vec3 low = CLOTH(BOTTOM)(bottom, bottom_weave, rest, part.x, pixel);
    base = mix(base, low, edge(field.y, pixel));
    vec3 high = CLOTH(TOP)(top, top_weave, rest, part.x, pixel);
    high *= 1.0 - 0.35 * edge(0.004 - abs(field.x - 0.012), pixel);
    base = mix(base, high, edge(field.x, pixel));
    float clad = max(max(field.x, field.y), field.z);
    colour = vec4(shown(base, clad > 0.0 ? 0.0 : 0.12), 1.0);
}
