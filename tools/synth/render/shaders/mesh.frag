#version 330
// Rooms and things: colour times texture, lit. `dark` is how much is left in the shade of people.
#include "light.glsl"
// TEXTURED: has a picture. MOVING: in the shadow of what moves. KEPT: for the backdrop.
#ifdef TEXTURED
uniform sampler2D picture;
in vec2 texel;
#endif
uniform float shine;
uniform float glow;          // share of its colour that it shows by itself
in vec3 world;
in vec3 n;
in vec3 paint;
layout(location = 0) out vec4 colour;
#ifdef KEPT
layout(location = 1) out vec4 dark;
#endif

void main() {
    vec3 base = paint;
#ifdef TEXTURED
    base *= decoded(texture(picture, texel).rgb);
#endif
    vec3 m = normalize(n);
    vec3 light = base * (fill(world, m) + glow);
    float seen = still_shadow(world, m);
#ifdef MOVING
    seen *= moving_shadow(world, m);
#endif
    vec3 all = light + seen * sunny(base, world, m, shine);
    colour = vec4(encoded(all), 1.0);
#ifdef KEPT
    dark = vec4(encoded(light) / max(encoded(all), 1e-3), 1.0);
#endif
}
