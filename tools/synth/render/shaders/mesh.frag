#version 330
// Rooms and things: colour times texture, lit. `dark` is how much is left in the shade of people.
#include "light.glsl"
uniform sampler2D picture;
uniform float shine;
uniform bool textured;
uniform bool moving;         // whether what moves throws shadows on it in this pass
in vec3 world;
in vec3 n;
in vec3 paint;
in vec2 texel;
layout(location = 0) out vec4 colour;
layout(location = 1) out vec4 dark;

void main() {
    vec3 base = paint;
    if (textured) base *= pow(texture(picture, texel).rgb, vec3(2.2));
    vec3 m = normalize(n);
    vec3 light = dull(base, world, m), all = light;
    if (dot(m, sun) > 0.0) {
        float seen = still_shadow(world, m);
        if (moving) seen *= moving_shadow(world, m);
        all += seen * sunny(base, world, m, shine);
    }
    colour = vec4(encoded(all), 1.0);
    dark = vec4(encoded(light) / max(encoded(all), 1e-3), 1.0);
}
