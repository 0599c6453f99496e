// Light of the room: sky and ground, one sun with two shadow maps, lamps without shadow.
// All colours are linear.
uniform vec3 sun;            // unit, towards it
uniform vec3 sun_colour;
uniform vec3 sky;
uniform vec3 ground;
uniform vec4 lamps[4];       // place and reach in metres, 0 where there is none
uniform vec3 lamp_colours[4];
uniform float blur;          // texels that the edge of a shadow is wide, halved
uniform vec3 eye;
uniform mat4 to_still;       // world to the shadow map of what stands still
uniform mat4 to_moving;      // and of what moves
uniform sampler2DShadow still_map;
uniform sampler2DShadow moving_map;

float lookup(sampler2DShadow map, mat4 matrix, vec3 at) {
    vec3 p = (matrix * vec4(at, 1.0)).xyz;
    if (any(lessThan(p, vec3(0.0))) || any(greaterThan(p, vec3(1.0)))) return 1.0;
    vec2 wide = blur / vec2(textureSize(map, 0));
    return 0.25 * (texture(map, p + vec3(-0.9, -0.4, 0.0) * vec3(wide, 0.0))
        + texture(map, p + vec3(0.4, -0.9, 0.0) * vec3(wide, 0.0))
        + texture(map, p + vec3(0.9, 0.4, 0.0) * vec3(wide, 0.0))
        + texture(map, p + vec3(-0.4, 0.9, 0.0) * vec3(wide, 0.0)));
}

float moving_shadow(vec3 at, vec3 n) { return lookup(moving_map, to_moving, at + 0.012 * n); }

float still_shadow(vec3 at, vec3 n) { return lookup(still_map, to_still, at + 0.02 * n); }

// What is left without the sun.
vec3 dull(vec3 base, vec3 at, vec3 n) {
    vec3 light = mix(ground, sky, 0.5 + 0.5 * n.z);
    for (int k = 0; k < 4; k++) {
        if (lamps[k].w <= 0.0) break;
        vec3 way = lamps[k].xyz - at;
        float far = dot(way, way);
        float facing = max(dot(n, way) * inversesqrt(far), 0.0);
        light += lamp_colours[k] * facing / (1.0 + far / (lamps[k].w * lamps[k].w));
    }
    return base * light;
}

// What the sun adds where it shines.
vec3 sunny(vec3 base, vec3 at, vec3 n, float shine) {
    float facing = max(dot(n, sun), 0.0);
    vec3 halfway = normalize(sun + normalize(eye - at));
    float gloss = pow(max(dot(n, halfway), 0.0), mix(10.0, 90.0, shine));
    return sun_colour * facing * (base + 0.35 * shine * gloss);
}

vec3 encoded(vec3 linear) { return pow(clamp(linear, 0.0, 1.0), vec3(1.0 / 2.2)); }
