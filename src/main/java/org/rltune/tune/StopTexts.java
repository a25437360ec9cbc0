package org.rltune.tune;

/** What is written about a stop rule: never an identity hash, which would differ from run to run. */
final class StopTexts {
    private StopTexts() {}

    /** Returns the rule itself if its text says something, else one with a text. */
    static StopRule printable(StopRule rule) {
        String text = of(rule);
        return text.equals(rule.toString()) ? rule : new StopNamed(text, rule);
    }

    static String of(StopRule rule) {
        Class<?> type = rule.getClass();
        String text = rule.toString();
        boolean identity = text.equals(type.getName() + "@" + Integer.toHexString(System.identityHashCode(rule)));
        if (!identity) {
            return text;
        }
        // A lambda's name ends with numbers that the JVM made up.
        String name = type.getName().replaceFirst("\\$\\$Lambda.*", "");
        return type.isHidden() || type.isSynthetic() ? "a function of " + name : name;
    }
}
