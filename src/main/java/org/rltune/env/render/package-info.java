/**
 * Pictures of environments: a canvas to draw them on ({@link org.rltune.env.render.Canvas}), animated GIF files
 * ({@link org.rltune.env.render.EpisodeGif}) and a live window ({@link org.rltune.env.render.EnvWindow}).
 *
 * <p>Everything but the window works without a display, and nothing uses the machine's fonts. May import {@code env}
 * and what it may import.
 */
@NullMarked
package org.rltune.env.render;

import org.jspecify.annotations.NullMarked;
