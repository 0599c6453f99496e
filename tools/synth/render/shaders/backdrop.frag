#version 330
// The shade of what moves on the room as drawn before, and the dark where it touches the room or
// nearly does: a factor for what is there.
uniform sampler2D darkness;
uniform sampler2D depth;
uniform sampler2DShadow moving_map;
uniform mat4 from_picture;     // (column, row, depth) in 0..1 to the shadow map
uniform mat4 from_picture_up;  // the same to the map of what is seen from below
uniform sampler2D under_map;
uniform float metre;         // one metre in that map
uniform vec2 size;
uniform float blur;
out vec4 colour;

const float REACH = 0.3;     // metres above the room at which a body no longer darkens it
const float DARKEST = 0.55;  // of the picture's own scale, where a body lies on the room

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec4 here = vec4(gl_FragCoord.xy / size, texelFetch(depth, pixel, 0).r, 1.0);
    vec4 q = from_picture * here;
    vec3 p = q.xyz / q.w;
    p.z = min(p.z - 0.002, 1.0);
    vec2 wide = blur / vec2(textureSize(moving_map, 0));
    float seen = texture(moving_map, p + vec3(-0.9, -0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.4, -0.9, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.9, 0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(-0.4, 0.9, 0.0) * vec3(wide, 0.0));
    vec4 u = from_picture_up * here;
    float touch = 0.0;
    for (int k = 0; k < 8; k++) {
        float turn = 0.7854 * float(k), far = (k & 1) == 0 ? 0.03 : 0.08;
        vec2 at = u.xy / u.w + far * metre * vec2(cos(turn), sin(turn));
        float gap = (texture(under_map, at).r - u.z / u.w) / metre;
        float close = gap < -0.04 ? 0.0 : max(1.0 - max(gap, 0.0) / REACH, 0.0);
        touch += close * close;
    }
    vec3 shade = mix(texelFetch(darkness, pixel, 0).rgb, vec3(1.0), 0.25 * seen);
    colour = vec4(shade * (1.0 - DARKEST * touch / 8.0), 1.0);
}
