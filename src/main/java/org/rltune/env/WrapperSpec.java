package org.rltune.env;

import java.util.Map;
import org.rltune.check.Check;

/**
 * A named wrapper with its settings, as Gymnasium's {@code WrapperSpec}: part of an {@link EnvSpec}, so that it survives
 * JSON.
 *
 * @param name a name of {@link Envs#wrappers}, such as {@code ClipAction}
 * @param config the wrapper's settings; immutable, in the order given
 */
public record WrapperSpec(String name, Map<String, Object> config) {
    /** Copies the config. */
    public WrapperSpec {
        Check.notBlank("The name of a wrapper", name);
        config = PlainValues.copy(config);
    }

    /** A wrapper with its default settings. */
    public static WrapperSpec of(String name) {
        return new WrapperSpec(name, Map.of());
    }
}
