package org.rltune.env;

import org.rltune.check.Check;

/**
 * A wrapper that an {@link EnvSpec} can name.
 *
 * @param name how it is called; Gymnasium's name where it is one of Gymnasium's
 * @param config its settings; every one is in the factory's context, checked and with its default
 * @param factory puts it around an environment
 */
public record WrapperType(String name, EnvConfigSchema config, WrapperFactory factory) {
    /** Requires a name. */
    public WrapperType {
        Check.notBlank("The name of a wrapper", name);
    }

    /** A wrapper without settings. */
    public static WrapperType of(String name, WrapperFactory factory) {
        return new WrapperType(name, EnvConfigSchema.empty(), factory);
    }
}
