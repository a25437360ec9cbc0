package org.rltune.envs;

import java.util.Locale;

/** Checks of actions by environments that are used without a checker around them. */
final class Actions {
    private Actions() {}

    /** The index of an action, given the names of all. */
    static int index(String env, Integer action, String... names) {
        int index = action;
        if (index < 0 || index >= names.length) {
            StringBuilder known = new StringBuilder();
            for (int i = 0; i < names.length; i++) {
                known.append(i == 0 ? "" : i == names.length - 1 ? " or " : ", ")
                        .append(i)
                        .append(" (")
                        .append(names[i].toLowerCase(Locale.ROOT))
                        .append(')');
            }
            throw new IllegalArgumentException(env + ": action " + index + " must be " + known);
        }
        return index;
    }
}
