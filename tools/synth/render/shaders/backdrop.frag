#version 330
// What darkens the room as drawn before: the shade of what moves, or, with TOUCH, its nearness where
// it touches the room or nearly does. A factor for what is there.
uniform sampler2D depth;
uniform mat4 from_picture;   // (column, row, depth) in 0..1 to the map below
uniform vec2 size;
#ifdef TOUCH
uniform sampler2D under_map;
uniform float metre;         // one metre in that map
const float REACH = 0.3;     // metres above the room at which a body no longer darkens it
const float DARKEST = 0.55;  // of the picture's own scale, where a body lies on the room
#else
uniform sampler2D darkness;
uniform sampler2DShadow moving_map;
uniform float blur;
#endif
out vec4 colour;

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec4 q = from_picture * vec4(gl_FragCoord.xy / size, texelFetch(depth, pixel, 0).r, 1.0);
    vec3 p = q.xyz / q.w;
#ifdef TOUCH
    float touch = 0.0;
    for (int k = 0; k < 8; k++) {
        float turn = 0.7854 * float(k), far = (k & 1) == 0 ? 0.03 : 0.08;
        vec2 at = p.xy + far * metre * vec2(cos(turn), sin(turn));
        float gap = (texture(under_map, at).r - p.z) / metre;
        float close = gap < -0.04 ? 0.0 : max(1.0 - max(gap, 0.0) / REACH, 0.0);
        touch += close * close;
    }
    colour = vec4(vec3(1.0 - DARKEST * touch / 8.0), 1.0);
#else
    p.z = min(p.z - 0.002, 1.0);
    vec2 wide = blur / vec2(textureSize(moving_map, 0));
    float seen = texture(moving_map, p + vec3(-0.9, -0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.4, -0.9, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.9, 0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(-0.4, 0.9, 0.0) * vec3(wide, 0.0));
    colour = vec4(mix(texelFetch(darkness, pixel, 0).rgb, vec3(1.0), 0.25 * seen), 1.0);
#endif
}
