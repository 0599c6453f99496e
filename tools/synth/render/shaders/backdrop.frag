#version 330
// The room as drawn before, with the shadows of what moves now, and its depth.
uniform sampler2D picture;
uniform sampler2D darkness;
uniform sampler2D depth;
uniform sampler2DShadow moving_map;
uniform mat4 from_pixels;    // (column, row, depth) in 0..1 to the moving shadow map
uniform vec2 size;
uniform float blur;
out vec4 colour;

void main() {
    ivec2 here = ivec2(gl_FragCoord.xy);
    float far = texelFetch(depth, here, 0).r;
    vec3 room = texelFetch(picture, here, 0).rgb;
    gl_FragDepth = far;
    vec4 p = from_pixels * vec4(gl_FragCoord.xy / size, far, 1.0);
    p.xyz /= p.w;
    p.z -= 0.002;
    if (all(greaterThan(p.xyz, vec3(0.0))) && all(lessThan(p.xyz, vec3(1.0)))) {
        vec2 wide = blur / vec2(textureSize(moving_map, 0));
        float seen = texture(moving_map, p.xyz + vec3(-0.9, -0.4, 0.0) * vec3(wide, 0.0));
        seen += texture(moving_map, p.xyz + vec3(0.4, -0.9, 0.0) * vec3(wide, 0.0));
        seen += texture(moving_map, p.xyz + vec3(0.9, 0.4, 0.0) * vec3(wide, 0.0));
        seen += texture(moving_map, p.xyz + vec3(-0.4, 0.9, 0.0) * vec3(wide, 0.0));
        if (seen < 3.99) room *= mix(texelFetch(darkness, here, 0).rgb, vec3(1.0), 0.25 * seen);
    }
    colour = vec4(room, 1.0);
}
