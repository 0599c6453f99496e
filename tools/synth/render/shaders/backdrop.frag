#version 330
// The shade of what moves on the room as drawn before: a factor for what is there.
uniform sampler2D darkness;
uniform sampler2D depth;
uniform sampler2DShadow moving_map;
uniform mat4 from_picture;   // (column, row, depth) in 0..1 to the shadow map
uniform vec2 size;
uniform float blur;
out vec4 colour;

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec4 q = from_picture * vec4(gl_FragCoord.xy / size, texelFetch(depth, pixel, 0).r, 1.0);
    vec3 p = q.xyz / q.w;
    p.z = min(p.z - 0.002, 1.0);
    vec2 wide = blur / vec2(textureSize(moving_map, 0));
    float seen = texture(moving_map, p + vec3(-0.9, -0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.4, -0.9, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.9, 0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(-0.4, 0.9, 0.0) * vec3(wide, 0.0));
    colour = vec4(mix(texelFetch(darkness, pixel, 0).rgb, vec3(1.0), 0.25 * seen), 1.0);
}
