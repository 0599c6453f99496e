#version 330
// The room as drawn before, with the shadows of what moves now, and its depth. With MOVED the camera
// has moved a little since: each pixel is looked up where its place was seen then.
uniform sampler2D picture;
uniform sampler2D darkness;
uniform sampler2D depth;
uniform sampler2DShadow moving_map;
uniform mat4 from_kept;      // (column, row, depth) in 0..1 as kept, to the moving shadow map
uniform mat4 to_kept;        // the same as seen now, to as kept
uniform mat4 to_now;         // and back
uniform vec2 size;
uniform float blur;
out vec4 colour;

vec3 across(mat4 matrix, vec3 p) {
    vec4 q = matrix * vec4(p, 1.0);
    return q.xyz / q.w;
}

void main() {
    vec3 here = vec3(gl_FragCoord.xy / size, 0.0);
#ifdef MOVED
    vec2 pixel = here.xy;
    here = across(to_kept, vec3(pixel, texture(depth, pixel).r));
    here = across(to_kept, vec3(pixel, texture(depth, here.xy).r));
    here.z = texture(depth, here.xy).r;
    vec3 room = texture(picture, here.xy).rgb;
    gl_FragDepth = clamp(across(to_now, here).z, 0.0, 1.0);
#else
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    here.z = texelFetch(depth, pixel, 0).r;
    vec3 room = texelFetch(picture, pixel, 0).rgb;
    gl_FragDepth = here.z;
#endif
    vec3 p = across(from_kept, here) - vec3(0.0, 0.0, 0.002);
    vec2 wide = blur / vec2(textureSize(moving_map, 0));
    float seen = texture(moving_map, p + vec3(-0.9, -0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.4, -0.9, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(0.9, 0.4, 0.0) * vec3(wide, 0.0));
    seen += texture(moving_map, p + vec3(-0.4, 0.9, 0.0) * vec3(wide, 0.0));
    if (any(lessThan(p, vec3(0.0))) || any(greaterThan(p, vec3(1.0)))) seen = 4.0;
    colour = vec4(room * mix(texture(darkness, here.xy).rgb, vec3(1.0), 0.25 * seen), 1.0);
}
