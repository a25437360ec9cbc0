package org.rltune.env;

import java.util.Locale;
import java.util.Set;

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
        return unsupported(env, env.renderModes());
    }

    UnsupportedOperationException unsupported(MultiAgentEnv env) {
        return unsupported(env, env.renderModes());
    }

    private UnsupportedOperationException unsupported(Object env, Set<RenderMode> modes) {
        return new UnsupportedOperationException(env.getClass().getName() + " cannot be rendered as " + id()
                + "; it has " + (modes.isEmpty() ? "no render mode" : modes));
    }
}
