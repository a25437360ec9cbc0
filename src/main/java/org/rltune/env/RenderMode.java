package org.rltune.env;

import java.util.Locale;

/** A way to show an environment; the names are Gymnasium's in capitals. */
public enum RenderMode {
    /** A picture: {@link Env#renderFrame}. */
    RGB_ARRAY,
    /** Lines of text: {@link Env#renderText}. */
    ANSI;

    /** Gymnasium's name, such as {@code rgb_array}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    UnsupportedOperationException unsupported(Env<?, ?> env) {
        return new UnsupportedOperationException(env.getClass().getName() + " cannot be rendered as " + id()
                + "; it has " + (env.renderModes().isEmpty() ? "no render mode" : env.renderModes()));
    }
}
