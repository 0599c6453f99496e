// Light of the room: sky and ground, one sun with two shadow maps, lamps without shadow.
// All colours are linear. The borders of the maps are empty, so beyond them all is lit. Mesa on the processor runs both sides of every branch, so what is not
// needed is left out by the preprocessor: LAMPS is how many there are, SOFT asks for soft edges of
// the shadows of what stands still.
uniform vec3 sun;            // unit, towards it
uniform vec3 sun_colour;
uniform vec3 sky;
uniform vec3 ground;
#if LAMPS > 0
uniform vec4 lamps[LAMPS];   // place and reach in metres
uniform vec3 lamp_colours[LAMPS];
#endif
uniform float blur;          // texels that the edge of a shadow is wide, halved
uniform vec3 eye;
uniform mat4 to_still;       // world to the shadow map of what stands still
uniform mat4 to_moving;      // and of what moves
uniform sampler2DShadow still_map;
uniform sampler2DShadow moving_map;

float moving_shadow(vec3 at, vec3 n) {
    vec3 p = (to_moving * vec4(at + 0.012 * n, 1.0)).xyz;
    p.z = min(p.z, 1.0);
    vec3 wide = vec3(0.6 * blur / vec2(textureSize(moving_map, 0)), 0.0);
    return 0.5 * (texture(moving_map, p + wide) + texture(moving_map, p - wide));
}

float still_shadow(vec3 at, vec3 n) {
#ifdef SOFT
    vec3 p = (to_still * vec4(at + 0.02 * n, 1.0)).xyz;
    p.z = min(p.z, 1.0);
    vec3 wide = vec3(blur / vec2(textureSize(still_map, 0)), 0.0);
    return 0.25 * (texture(still_map, p + vec3(-0.9, -0.4, 0.0) * wide)
        + texture(still_map, p + vec3(0.4, -0.9, 0.0) * wide)
        + texture(still_map, p + vec3(0.9, 0.4, 0.0) * wide)
        + texture(still_map, p + vec3(-0.4, 0.9, 0.0) * wide));
#else
    vec3 p = (to_still * vec4(at + 0.02 * n, 1.0)).xyz;
    return texture(still_map, vec3(p.xy, min(p.z, 1.0)));
#endif
}

// Light without the sun.
vec3 fill(vec3 at, vec3 n) {
    vec3 light = mix(ground, sky, 0.5 + 0.5 * n.z);
#if LAMPS > 0
    for (int k = 0; k < LAMPS; k++) {
        vec3 way = lamps[k].xyz - at;
        float far = dot(way, way);
        float facing = max(dot(n, way) * inversesqrt(far), 0.0);
        light += lamp_colours[k] * facing / (1.0 + far / (lamps[k].w * lamps[k].w));
    }
#endif
    return light;
}

// What the sun adds where it shines.
vec3 sunny(vec3 base, vec3 at, vec3 n, float shine) {
    float facing = max(dot(n, sun), 0.0);
    vec3 halfway = normalize(sun + normalize(eye - at));
    float away = 1.0 - max(dot(n, halfway), 0.0);
    float gloss = max(1.0 - away * mix(8.0, 60.0, shine), 0.0);
    gloss *= gloss * gloss;
    return sun_colour * facing * (base + 0.35 * shine * gloss);
}

// sRGB within 0.002, by roots instead of powers (Ian Taylor's fit).
vec3 encoded(vec3 linear) {
    vec3 x = clamp(linear, 0.0, 1.0), a = sqrt(x), b = sqrt(a), c = sqrt(b);
    return 0.662002687 * a + 0.684122060 * b - 0.323583601 * c - 0.0225411470 * x;
}

vec3 decoded(vec3 x) { return x * (x * (x * 0.305306011 + 0.682171111) + 0.012522878); }
