package org.rltune.env;

import java.util.List;

/**
 * A plug-in that brings named wrappers, found by {@link java.util.ServiceLoader}: name the implementing class in {@code
 * META-INF/services/org.rltune.env.WrapperProvider}.
 */
public interface WrapperProvider {
    /** The wrappers of this plug-in. */
    List<WrapperType> wrappers();
}
